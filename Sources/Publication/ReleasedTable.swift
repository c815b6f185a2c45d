package import DisclosureControl
import Tabular

/// A table as it leaves: its file, and what is told of it.
package struct ReleasedTable: Sendable {
  package let name: String
  /// `<name>.csv`.
  package let fileName: String
  package let bytes: [UInt8]
  /// Of `bytes`, as 64 lower-case hexadecimal digits.
  package let digest: String
  package let cellCount: Int
  /// Cells of which every figure is shown.
  package let shownCellCount: Int
  /// Cells of which at least one figure is hidden.
  package let hiddenCellCount: Int
  /// How many figures bear each mark that occurs, by symbol.
  package let markCounts: [String: Int]
  /// The same by figure; those without any are left out.
  package let figureMarkCounts: [String: [String: Int]]
  /// What everyone may know of its numbers; nil where nobody tells.
  package let measures: PublishedMeasures?

  /// What the manifest tells of it.
  var json: JSONValue {
    var members: [String: JSONValue] = [
      "name": .string(name),
      "file": .string(fileName),
      "sha256": .string(digest),
      "bytes": .count(bytes.count),
      "cells": .count(cellCount),
      "shown": .count(shownCellCount),
      "hidden": .count(hiddenCellCount),
      "marks": .counts(markCounts),
    ]
    if !figureMarkCounts.isEmpty {
      members["marks_of"] = .object(figureMarkCounts.mapValues { .counts($0) })
    }
    members["adds"] = measures?.json
    return .object(members)
  }
}
