import Foundation

/// One line of `Vectors/distributions.tsv`: a function, what it was given, and 17 digits of what
/// it gives.
struct DistributionVector: CustomStringConvertible {
  let arguments: [Double]
  let value: Double
  let description: String

  /// Reads the lines of one function.
  ///
  /// They come from series and continued fractions in arithmetic of 40 to 400 digits.
  static func all(of function: String) throws -> [DistributionVector] {
    let folder = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    let text = try String(contentsOfFile: folder + "/Vectors/distributions.tsv", encoding: .utf8)
    return text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "\t")
      guard let name = cells.first, name == function else { return nil }
      let numbers = cells.dropFirst().compactMap { Double($0) }
      guard let value = numbers.last, numbers.count == cells.count - 1 else { return nil }
      return DistributionVector(
        arguments: numbers.dropLast(),
        value: value,
        description: String(line)
      )
    }
  }
}
