@echo off
rem Builds nnks with Maven on first use, and whenever cli\target\nnks-built is deleted; then runs it.
rem NNKS_JAVA_OPTS is added to the options of Java, NNKS_CLASSPATH to its class path.
setlocal
set "CALLED=%~0"
set "NNKS_ROOT=%~dp0"
set "NNKS_ROOT=%NNKS_ROOT:~0,-1%"
set "FAULT=the folder %NNKS_ROOT% has a semicolon in its name, which separates folders on a class path: rename it"
if not "%NNKS_ROOT:;=%"=="%NNKS_ROOT%" goto fail
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"

rem Of a command that begins with a quote, for /f takes off the first and the last one: call comes before it.
set "VERSION="
for /f "tokens=3" %%v in ('call "%JAVA%" -version 2^>^&1 ^| findstr /i "version"') do if not defined VERSION set "VERSION=%%~v"
set "FAULT=no Java found: install a JDK of version 17 or later, or point JAVA_HOME at one"
if not defined VERSION goto fail
for /f "delims=.-+" %%m in ("%VERSION%") do set "MAJOR=%%m"
set "FAULT=Java %VERSION% is too old: install a JDK of version 17 or later, or point JAVA_HOME at one"
if %MAJOR% LSS 17 goto fail

set "ARCHIVE=%NNKS_ROOT%\cli\target\nnks-%VERSION%.jsa"
if exist "%NNKS_ROOT%\cli\target\nnks-built" goto built
set "LOG=%NNKS_ROOT%\cli\target\nnks-build.log"
set "FAULT=no Maven found: install Apache Maven 3.8.7 or later to build nnks"
where mvn >nul 2>&1
if errorlevel 1 goto fail
echo building nnks ... 1>&2
echo a first build fetches some 420 MB of libraries, which takes minutes; log: "%LOG%" 1>&2
rem Jars of dependencies that have changed would stay beside the new ones.
if exist "%NNKS_ROOT%\cli\target\lib" rmdir /s /q "%NNKS_ROOT%\cli\target\lib"
if exist "%NNKS_ROOT%\distributed\target\spark" rmdir /s /q "%NNKS_ROOT%\distributed\target\spark"
if not exist "%NNKS_ROOT%\cli\target" mkdir "%NNKS_ROOT%\cli\target"
pushd "%NNKS_ROOT%"
set "FAULT=the build failed; all of its output is in %LOG%"
call mvn -B -q -DskipTests -Dspotless.check.skip=true package > "%LOG%" 2>&1
if errorlevel 1 popd & goto fail
popd
echo built> "%NNKS_ROOT%\cli\target\nnks-built"
rem The classes that a solve loads, as Java keeps them: later commands start faster. All works without.
set "ARCHIVED=%NNKS_ROOT%\cli\target\archived-run"
if exist "%ARCHIVE%" del /f /q "%ARCHIVE%"
if exist "%ARCHIVED%" rmdir /s /q "%ARCHIVED%"
set "CLASSES=-XX:ArchiveClassesAtExit=%ARCHIVE%"
call :run solve khan-thomas --periods 600 --max-iterations 1 --quiet --out "%ARCHIVED%" >> "%LOG%" 2>&1
if exist "%ARCHIVED%" rmdir /s /q "%ARCHIVED%"

:built
set "CLASSES=-Xshare:auto"
if exist "%ARCHIVE%" set "CLASSES=-XX:SharedArchiveFile=%ARCHIVE%"

:run
rem Idle threads of the tensor libraries sleep instead of spinning: a busy machine stays usable.
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=PASSIVE"
set "COMMIT="
for /f %%c in ('git -C "%NNKS_ROOT%" rev-parse --short HEAD 2^>nul') do set "COMMIT=-Dnnks.commit=%%c"
set "MEMORY=-Xms64m -Xmx1g -XX:+UseSerialGC"
set "JARS=%NNKS_ROOT%\cli\target\*;%NNKS_ROOT%\cli\target\lib\*"
rem DJL takes no other PyTorch where that for the CPU is on the class path: a CUDA build needs it left out.
set "FAULT=PYTORCH_FLAVOR asks for a CUDA build: build without PyTorch for the CPU first, by mvn -Pcuda -DskipTests clean package"
if not defined PYTORCH_FLAVOR goto libraries
if "%PYTORCH_FLAVOR:~0,2%"=="cu" if exist "%NNKS_ROOT%\cli\target\lib\pytorch-native-cpu-*.jar" goto fail
:libraries
if defined NNKS_CLASSPATH set "JARS=%JARS%;%NNKS_CLASSPATH%"
rem The tensor libraries are native, and ND4J and Spark keep memory outside of the heap by old means:
rem JDK 24 and later warn of both unless told.
set "ACCESS=--enable-native-access=ALL-UNNAMED"
if %MAJOR% GEQ 24 set "ACCESS=%ACCESS% --sun-misc-unsafe-memory-access=allow"
set "COMMAND=%~1"
if "%COMMAND%"=="--with" set "COMMAND=%~3"
rem As in nnks: less work for the second compiler in commands of seconds, none where something is only printed.
set "COMPILER=-XX:Tier4InvocationThreshold=40000 -XX:Tier4MinInvocationThreshold=5000 -XX:Tier4CompileThreshold=120000"
set "COMPILER=%COMPILER% -XX:Tier4BackEdgeThreshold=320000 -XX:MaxInlineLevel=9 -XX:FreqInlineSize=100 -XX:InlineSmallCode=1500 -XX:LoopUnrollLimit=30 -XX:+IgnoreUnrecognizedVMOptions"
set "PRINTS="
if "%COMMAND%"=="" set "PRINTS=yes"
if "%COMMAND:~0,1%"=="-" set "PRINTS=yes"
if "%COMMAND%"=="models" set "PRINTS=yes"
if "%COMMAND%"=="generate-completion" set "PRINTS=yes"
if defined PRINTS set "COMPILER=-XX:TieredStopAtLevel=1"
if "%COMMAND%"=="estimate" set "COMPILER="
if "%COMMAND%"=="sweep" set "COMPILER="
rem So does Bloom's economy by the general projection. The words are looked at one by one; Java gets all of them.
set "BLOOM="
set "PROJECTION="
:words
if "%~1"=="bloom" set "BLOOM=yes"
if "%~1"=="projection" set "PROJECTION=yes"
shift
if not "%~1"=="" goto words
if "%COMMAND%"=="solve" if defined BLOOM if defined PROJECTION set "COMPILER="
if not "%COMMAND%"=="sweep" goto java
set "MEMORY=-Xmx1g"
set "JARS=%NNKS_ROOT%\distributed\target\spark\jars\*;%JARS%"
for %%p in (java.lang java.lang.invoke java.io java.net java.nio java.util java.util.concurrent sun.nio.ch) do call set "ACCESS=%%ACCESS%% --add-opens=java.base/%%p=ALL-UNNAMED"

:java
"%JAVA%" %MEMORY% %ACCESS% %COMPILER% "%CLASSES%" -Xlog:cds=off -Xlog:cds+dynamic=off -Djava.awt.headless=true -DOPT_OUT_TRACKING=true ^
  "-Dnnks.home=%NNKS_ROOT%" "-Dnnks.command=%CALLED%" %COMMIT% %NNKS_JAVA_OPTS% ^
  -cp "%JARS%" org.nnks.cli.Nnks %*
exit /b %ERRORLEVEL%

:fail
echo nnks: %FAULT% 1>&2
exit /b 2
