import DisclosureControl
import Publication
import Tabular

/// Why numbers are hidden, as the run's own manifest has it.
extension Night {
  /// By table, by measure, by the labels of the cell as CSV: the rule, and the rank of what it costs to
  /// hide it.
  ///
  /// No number and no parameter of a rule stands in it.
  var hiddenJSON: JSONValue {
    var tables: [String: [String: [String: JSONValue]]] = [:]
    for reason in reasons {
      let labels = String(decoding: csvLine(reason.labels).dropLast(), as: UTF8.self)
      let rank = reason.rank.map { " \($0)" } ?? ""
      tables[reason.table, default: [:]][reason.measure, default: [:]][labels] =
        .string(reason.rule.rawValue + rank)
    }
    return .object(tables.mapValues { .object($0.mapValues { .object($0) }) })
  }
}
