/// What is seen of a cell.
enum CellState: UInt8, Sendable {
  /// Printed; it may be hidden.
  case shown
  /// Not to be seen: hidden, or never printed.
  case hidden
  /// Printed, whatever comes: everyone knows it.
  case fixed
}
