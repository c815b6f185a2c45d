import Testing

@testable import Cryptography

@Suite("Cleansing")
struct CleansingTests {
  /// What stands in the memory that an array owns, also where it has no elements.
  private static func memory(of array: [UInt64], _ start: UInt) -> [UInt64] {
    guard let start = unsafe UnsafePointer<UInt64>(bitPattern: start) else { return [] }
    return (0..<array.capacity).map { unsafe start[$0] }
  }

  private static func start(of array: inout [UInt64]) -> UInt {
    unsafe array.withUnsafeMutableBufferPointer { UInt(bitPattern: $0.baseAddress) }
  }

  @Test("a cleansed array is empty, and all the memory that it has is zero")
  func cleansesArrays() {
    var array: [UInt64] = []
    array.reserveCapacity(100)
    for number in 0..<90 as Range<UInt64> { array.append(.max - number) }
    // Elements that were taken off leave what they were.
    array.removeLast(40)
    let start = Self.start(of: &array)
    #expect(Self.memory(of: array, start).contains(.max - 89))
    cleanse(&array)
    #expect(array.isEmpty)
    #expect(Self.start(of: &array) == start)
    #expect(Self.memory(of: array, start).allSatisfy { $0 == 0 })
    var none: [UInt64] = []
    cleanse(&none)
    #expect(none.isEmpty)
  }

  @Test("an array that is given room keeps its elements, and grows in ever larger steps")
  func makesRoom() {
    var array: [UInt64] = []
    var moves = 0
    for number in 0..<10_000 as Range<UInt64> {
      let before = array.capacity
      makeRoom(in: &array, for: 1)
      if array.capacity != before { moves += 1 }
      array.append(number)
    }
    #expect(array == Array(0..<10_000))
    #expect(moves < 20)
  }
}
