import PipelineFile
import Tabular
import TestSupport

@testable import DisclosureControl

extension ProtectedTable {
  /// The labels of a cell, nil for a total.
  func place(_ cell: Int) -> [String?] {
    dimensions.map { dimension in
      let code = dimension.codes[cell]
      return code == CellTable.total ? nil : dimension.labels[Int(code)]
    }
  }

  /// The row of a cell; nil without one.
  func row(_ place: [String?]) -> Int? { (0..<cellCount).first { self.place($0) == place } }

  func figure(_ name: String) -> Figure? { figures.first { $0.name == name } }

  /// What a figure of text says; nil where it says nothing.
  func text(_ name: String, _ cell: Int) -> String? {
    guard let figure = figure(name), figure.values[cell] != missingInteger else { return nil }
    return figure.texts[Int(figure.values[cell])]
  }
}

extension ProtectedTable.Figure {
  /// In what a cell differs from the slow version; nil in nothing.
  func difference(from plain: PlainFigure?, _ cell: Int) -> String? {
    guard let plain else {
      let stored = [values[cell]] + companions.map { $0.values[cell] }
      return marks[cell] == .hidden && stored.allSatisfy { $0 == missingInteger }
        ? nil : "\(name) is shown"
    }
    if marks[cell] == .hidden { return "\(name) is hidden" }
    if !agrees(values[cell], plain.value) {
      return "\(name): found \(values[cell]), expected \(String(describing: plain.value))"
    }
    let marks: [CellMark] = plain.isFew ? [.few] : plain.isPooled ? [.pooled] : []
    if [.few, .pooled].contains(self.marks[cell]) != !marks.isEmpty
      || (self.marks[cell] == .missing) != (plain.value == nil && !plain.isFew)
    {
      return "\(name) has the mark \(self.marks[cell])"
    }
    let stored = companions.filter { ["_lower", "_upper"].contains($0.suffix.prefix(6)) }
      .map { $0.values[cell] }
    let limits = plain.limits.flatMap { limits in
      [limits.map { $0.lower * 1e6 }, limits.map { $0.upper * 1e6 }]
    }
    for (found, wanted) in zip(stored, limits) where !agrees(found, wanted) {
      return "\(name): found the limit \(found), expected \(String(describing: wanted))"
    }
    let wanted = limits.count(where: { $0 != nil })
    return stored.count(where: { $0 != missingInteger }) == wanted
      ? nil : "\(name) has \(stored.count) limits, expected \(wanted)"
  }
}

/// Whether a stored number is the nearest to that of the slow version, and none where there is none.
///
/// What is no whole number was computed in another order: a billionth may lie between them.
func agrees(_ stored: Int64?, _ plain: Double?) -> Bool {
  guard let stored, stored != missingInteger else { return plain == nil }
  guard let plain else { return false }
  return abs(Double(stored) - plain) <= 0.5 + 1e-3 + 1e-9 * abs(plain)
}
