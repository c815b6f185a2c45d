import PipelineFile
import Tabular

extension Pipeline {
  /// The day after which nobody was born who is in the files; nil without a period.
  ///
  /// A year after the period: a register comes after it and holds those who were born meanwhile. It
  /// follows from the file alone, so that the same night gives the same rows on any day.
  var latestBirthDay: CivilDate? {
    period.map { CivilDate(dayNumber: $0.lastDay.dayNumber + 366) }
  }
}
