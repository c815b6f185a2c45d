import Tabular

/// Reads a column of yes and no: 1 for ja, j, yes, true and 1; 0 for nee, n, no, false and 0.
///
/// Capitals are allowed, and blanks around the word.
func parseYesNo(_ slice: ColumnSlice) {
  for row in 0..<slice.count {
    unsafe slice.values[row] = missingInteger
    var field = unsafe slice.text + Int(slice.starts[row])
    var length = Int(unsafe slice.lengths[row])
    while length > 0, unsafe field[0] == UInt8(ascii: " ") {
      unsafe field += 1
      length -= 1
    }
    while length > 0, unsafe field[length - 1] == UInt8(ascii: " ") { length -= 1 }
    guard length > 0 else { continue }
    var word: UInt64 = 0
    for position in 0..<min(length, 8) {
      let byte = unsafe field[position]
      word = word << 8 | UInt64(0x41...0x5A ~= byte ? byte | 0x20 : byte)
    }
    switch length <= 5 ? word : 0 {
    case 0x6A61, 0x6A, 0x796573, 0x74727565, 0x31: unsafe slice.values[row] = 1
    case 0x6E6565, 0x6E, 0x6E6F, 0x66616C7365, 0x30: unsafe slice.values[row] = 0
    default: unsafe slice.faults[row] = Fault.code
    }
  }
}
