/// A rate of the whole region beside that of others, by what they published.
package struct BenchmarkDefinition: Sendable {
  /// The table of persons that has the rate, here and elsewhere; it has a total of everyone.
  package let table: String
  package let rate: Measure
  /// What it divides; of a standardised ratio what is counted, and all persons.
  package let parts: [Measure]
  /// Of a standardised ratio the dimensions that make its strata; none of a rate.
  package var strata: [String] = []
  /// Folders in which others published, in file order.
  package let from: [String]
  /// A region of which less is linked is not compared, in 0...1; nil compares all.
  package let coverage: Double?
}
