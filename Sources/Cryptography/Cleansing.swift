/// Overwrites all that an array has room for, in a way that the compiler may not leave out, and
/// empties it.
///
/// Plain stores to memory that nobody reads again are dead, and an optimiser drops them.
///
/// - Parameter array: the only holder of its elements; of what another variable shares, a copy would be
///   overwritten.
@inlinable
package func cleanse<Element: BitwiseCopyable>(_ array: inout [Element]) {
  let capacity = array.capacity
  array.removeAll(keepingCapacity: true)
  unsafe array.withUnsafeMutableBytes { bytes in
    guard let start = bytes.baseAddress else { return }
    unsafe cleanse(
      memory: UnsafeMutableRawBufferPointer(
        start: start,
        count: capacity * MemoryLayout<Element>.stride
      )
    )
  }
}

/// Makes room for more elements; what the array leaves behind when it moves is overwritten.
///
/// An array that grows frees the memory it had as it was, with all that stood there.
///
/// - Parameters:
///   - array: the only holder of its elements.
///   - count: how many are to come.
@inlinable
package func makeRoom<Element: BitwiseCopyable>(in array: inout [Element], for count: Int) {
  guard array.capacity - array.count < count else { return }
  var larger: [Element] = []
  larger.reserveCapacity(max(array.count + count, array.capacity * 2))
  larger.append(contentsOf: array)
  cleanse(&array)
  array = larger
}

/// Overwrites memory in a way that the compiler may not leave out.
@usableFromInline
package func cleanse(memory: UnsafeMutableRawBufferPointer) { unsafe LibCrypto.cleanse(memory) }
