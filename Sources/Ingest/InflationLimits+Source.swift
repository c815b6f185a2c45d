package import Files
package import PipelineFile

extension InflationLimits {
  /// Those of a source.
  ///
  /// - Parameter limits: what the source says.
  package init(_ limits: SourceLimits) {
    self.init(byteCount: limits.inflated, ratio: limits.ratio)
  }
}
