/// A rate of the whole region beside that of others, by what they published.
package struct BenchmarkDefinition: Sendable {
  /// The table of persons that has the rate, here and elsewhere; it has a total of everyone.
  package let table: String
  package let rate: Measure
  /// What it divides.
  package let parts: [Measure]
  /// Folders in which others published, in file order.
  package let from: [String]
  /// A region of which less is linked is not compared, in 0...1; nil compares all.
  package let coverage: Double?
}
