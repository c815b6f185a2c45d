/// Why a figure cannot be made from what was asked.
package enum StatisticsError: Error, Equatable {
  /// An area has persons in a stratum where the reference has none.
  ///
  /// The stratum is its index in what was given.
  case emptyReference(stratum: Int)
}
