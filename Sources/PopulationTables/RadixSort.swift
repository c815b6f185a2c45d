/// Sorts keys ascending, byte by byte, and takes their numbers along.
///
/// - Parameters:
///   - keys: sorted in place.
///   - numbers: one a key, or none at all; keys that are equal keep the order of their numbers.
/// - Complexity: O(*n*) for each byte in which keys differ.
func radixSort(_ keys: inout [UInt64], carrying numbers: inout [Int32]) {
  let carries = !numbers.isEmpty
  var differing: UInt64 = 0
  for key in keys { differing |= key ^ keys[0] }
  var keysAside = [UInt64](repeating: 0, count: keys.count)
  var numbersAside = [Int32](repeating: 0, count: numbers.count)
  for shift in stride(from: UInt64(0), to: 64, by: 8) where (differing >> shift) & 0xFF != 0 {
    var starts = [Int](repeating: 0, count: 257)
    for key in keys { starts[Int((key >> shift) & 0xFF) + 1] += 1 }
    for byte in 1...256 { starts[byte] += starts[byte - 1] }
    for place in keys.indices {
      let byte = Int((keys[place] >> shift) & 0xFF)
      keysAside[starts[byte]] = keys[place]
      if carries { numbersAside[starts[byte]] = numbers[place] }
      starts[byte] += 1
    }
    swap(&keys, &keysAside)
    if carries { swap(&numbers, &numbersAside) }
  }
}
