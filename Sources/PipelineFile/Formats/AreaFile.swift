package import Diagnostics

/// A CSV beside the pipeline that tells of areas: where they lie, which region they belong to.
///
/// Its header is `code`, and of `name`, `region`, `x` and `y` what there is; or it is a list of
/// neighbours, two columns of codes.
package struct AreaFile: Sendable, Hashable {
  /// What a stage wants to know of it.
  package enum Use: Sendable, Hashable {
    /// What areas there are.
    case areas
    /// Which lie near each other.
    case near
  }

  /// Relative to the folder of the file that names it already resolved.
  package let path: String
  package let use: Use
  package let delimiter: UInt8
  package let encoding: Encoding
  /// Where the pipeline names it.
  package let place: Place
  /// Once it was read: each code once, in byte order; none of a list of neighbours.
  package var areas: [Area] = []
  /// Once it was read: pairs of codes that lie beside each other; none of a list of areas.
  package var neighbours: [NeighbourPair] = []
  /// The SHA-256 of the file, once it was read; empty before.
  package var digest = ""

  /// A file that is yet to be read.
  package init(
    path: String,
    use: Use,
    delimiter: UInt8 = UInt8(ascii: ";"),
    encoding: Encoding = .utf8,
    place: Place
  ) {
    self.path = path
    self.use = use
    self.delimiter = delimiter
    self.encoding = encoding
    self.place = place
  }
}
