package org.nnks.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nnks.core.economy.TaxedFirms;
import org.nnks.core.io.CsvTable;
import org.nnks.core.io.CsvTable.Column;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.BusinessCycleTable;

class MomentsTest {

  private static final Vector OUTPUT = Vector.of(1, 1.1, .9, 1.05, .95, 1);
  private static final Vector CONSUMPTION = Vector.of(.8, .84, .78, .82, .8, .79);

  private static CsvTable path(Column... more) {
    List<Column> columns =
        List.of(
            Column.real("p", Vector.of(.03, .035, .04, .03, .02, .03)),
            Column.real("Y", OUTPUT),
            Column.real("I", OUTPUT.map(y -> .2 * y)),
            Column.real("N", OUTPUT.map(y -> .3 * y)));
    return new CsvTable(Stream.concat(columns.stream(), List.of(more).stream()).toList());
  }

  /** p is a rental rate here, as in economies of households: 1/p has nothing to do with C. */
  @Test
  void consumptionOfAnImposedPathIsItsOwn() {
    BusinessCycleTable table =
        Moments.businessCycle(TaxedFirms.of(0), path(Column.real("C", CONSUMPTION)), 0);
    BusinessCycleTable alone =
        BusinessCycleTable.of(
            List.of(
                new BusinessCycleTable.Series("Y", OUTPUT),
                new BusinessCycleTable.Series("C", CONSUMPTION)),
            100,
            0);
    assertThat(table.row("C")).isEqualTo(alone.row("C"));
  }

  @Test
  void aPathThatDoesNotSayIsRefused() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Moments.businessCycle(TaxedFirms.of(0), path(), 0))
        .withMessageContaining("no column 'C'");
  }
}
