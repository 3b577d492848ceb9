@echo off
rem Builds nnks with Maven on first use, and whenever cli\target\nnks-built is deleted; then runs it.
rem NNKS_JAVA_OPTS is added to the options of Java, NNKS_CLASSPATH to its class path.
setlocal
set "NNKS_ROOT=%~dp0"
set "NNKS_ROOT=%NNKS_ROOT:~0,-1%"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"

set "VERSION="
for /f "tokens=3" %%v in ('"%JAVA%" -version 2^>^&1 ^| findstr /i "version"') do if not defined VERSION set "VERSION=%%~v"
if not defined VERSION (
  echo nnks: no Java found: install a JDK of version 17 or later, or point JAVA_HOME at one 1>&2
  exit /b 2
)
for /f "delims=.-" %%m in ("%VERSION%") do set "MAJOR=%%m"
if %MAJOR% LSS 17 (
  echo nnks: Java %VERSION% is too old: install a JDK of version 17 or later, or point JAVA_HOME at one 1>&2
  exit /b 2
)

set "ARCHIVE=%NNKS_ROOT%\cli\target\nnks-%VERSION%.jsa"
if exist "%NNKS_ROOT%\cli\target\nnks-built" goto built
where mvn >nul 2>&1
if errorlevel 1 (
  echo nnks: no Maven found: install Apache Maven 3.8.7 or later to build nnks 1>&2
  exit /b 2
)
echo building nnks ... 1>&2
rem Jars of dependencies that have changed would stay beside the new ones.
if exist "%NNKS_ROOT%\cli\target\lib" rmdir /s /q "%NNKS_ROOT%\cli\target\lib"
if exist "%NNKS_ROOT%\distributed\target\spark" rmdir /s /q "%NNKS_ROOT%\distributed\target\spark"
if not exist "%NNKS_ROOT%\cli\target" mkdir "%NNKS_ROOT%\cli\target"
pushd "%NNKS_ROOT%"
call mvn -B -q -DskipTests -Dspotless.check.skip=true package > cli\target\nnks-build.log 2>&1
if errorlevel 1 (
  popd
  echo nnks: the build failed; all of its output is in %NNKS_ROOT%\cli\target\nnks-build.log 1>&2
  exit /b 2
)
popd
echo built> "%NNKS_ROOT%\cli\target\nnks-built"
rem The classes that a solve loads, as Java keeps them: later commands start faster. All works without.
set "ARCHIVED=%NNKS_ROOT%\cli\target\archived-run"
if exist "%ARCHIVE%" del /f /q "%ARCHIVE%"
if exist "%ARCHIVED%" rmdir /s /q "%ARCHIVED%"
set "CLASSES=-XX:ArchiveClassesAtExit=%ARCHIVE%"
call :run solve khan-thomas --periods 600 --max-iterations 1 --quiet --out "%ARCHIVED%" >> "%NNKS_ROOT%\cli\target\nnks-build.log" 2>&1
if exist "%ARCHIVED%" rmdir /s /q "%ARCHIVED%"

:built
set "CLASSES=-Xshare:auto"
if exist "%ARCHIVE%" set "CLASSES=-XX:SharedArchiveFile=%ARCHIVE%"

:run
set "MEMORY=-Xms64m -Xmx1g -XX:+UseSerialGC"
set "JARS=%NNKS_ROOT%\cli\target\*;%NNKS_ROOT%\cli\target\lib\*"
rem DJL takes no other PyTorch where that for the CPU is on the class path: a CUDA build needs it left out.
if not defined PYTORCH_FLAVOR goto libraries
if "%PYTORCH_FLAVOR:~0,2%"=="cu" if exist "%NNKS_ROOT%\cli\target\lib\pytorch-native-cpu-*.jar" (
  echo nnks: PYTORCH_FLAVOR asks for a CUDA build: build without PyTorch for the CPU first, by mvn -Pcuda -DskipTests clean package 1>&2
  exit /b 2
)
:libraries
if defined NNKS_CLASSPATH set "JARS=%JARS%;%NNKS_CLASSPATH%"
rem The tensor libraries are native, and ND4J and Spark keep memory outside of the heap by old means:
rem JDK 24 and later warn of both unless told.
set "ACCESS=--enable-native-access=ALL-UNNAMED"
if %MAJOR% GEQ 24 set "ACCESS=%ACCESS% --sun-misc-unsafe-memory-access=allow"
set "COMMAND=%~1"
if "%COMMAND%"=="--with" set "COMMAND=%~3"
rem As in nnks: less work for the second compiler in commands of seconds, none where something is only printed.
set "COMPILER=-XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=2400 -XX:Tier4CompileThreshold=60000"
set "COMPILER=%COMPILER% -XX:Tier4BackEdgeThreshold=160000 -XX:MaxInlineLevel=9 -XX:InlineSmallCode=1500 -XX:LoopUnrollLimit=30 -XX:+IgnoreUnrecognizedVMOptions"
if "%COMMAND%"=="models" set "COMPILER=-XX:TieredStopAtLevel=1"
if "%COMMAND%"=="estimate" set "COMPILER="
if "%COMMAND%"=="sweep" set "COMPILER="
if not "%COMMAND%"=="sweep" goto java
set "MEMORY=-Xmx1g"
set "JARS=%NNKS_ROOT%\distributed\target\spark\jars\*;%JARS%"
for %%p in (java.lang java.lang.invoke java.io java.net java.nio java.util java.util.concurrent sun.nio.ch) do call set "ACCESS=%%ACCESS%% --add-opens=java.base/%%p=ALL-UNNAMED"

:java
"%JAVA%" %MEMORY% %ACCESS% %COMPILER% "%CLASSES%" -Xlog:cds=off -Xlog:cds+dynamic=off -Djava.awt.headless=true -DOPT_OUT_TRACKING=true ^
  "-Dnnks.home=%NNKS_ROOT%" %NNKS_JAVA_OPTS% ^
  -cp "%JARS%" org.nnks.cli.Nnks %*
exit /b %ERRORLEVEL%
