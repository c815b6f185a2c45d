extension DocumentRows {
  /// Whether the rows take about as much as may be handed out at once.
  ///
  /// Rows without any value take room too: a document of a million empty elements must come in
  /// pieces as well.
  func isFull(_ byteLimit: Int) -> Bool {
    if bytes.count >= byteLimit { return true }
    let slotCount = values.count + 8 * rows.count
    return slotCount / 4 >= byteLimit
  }
}
