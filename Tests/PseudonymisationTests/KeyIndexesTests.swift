import TestSupport
import Testing

@testable import Pseudonymisation

@Suite("Key indexes")
struct KeyIndexesTests {
  @Test("numbers follow the order of arrival, as a dictionary's would", arguments: 0..<30)
  func numbersAgreeWithDictionary(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let wordCount = Int(seed % 3) + 1
    var index = NumberIndex(wordCount: wordCount)
    var expected: [[Int64]: Int] = [:]
    for _ in 0..<3000 {
      let key = (0..<wordCount).map { _ in
        // Numbers that differ in their high half alone must not be taken for one.
        Int64(random.next() % 50) << (random.next() % 2 == 0 ? 0 : 32)
      }
      let number = unsafe key.withUnsafeBufferPointer { key in
        guard let base = key.baseAddress else { return -1 }
        return unsafe index.number(of: base, hash: hashWords(base, wordCount))
      }
      let known = expected[key] ?? expected.count
      expected[key] = known
      #expect(number == known, "seed \(seed)")
    }
    #expect(index.count == expected.count)
  }

  @Test("a cleansed index has nothing left in the memory of its keys, nor where they were before")
  func cleansesKeys() {
    var index = NumberIndex(wordCount: 1)
    for number in 0..<5000 {
      var key = Int64(999_990_019 + number)
      _ = unsafe withUnsafePointer(to: &key) { key in
        unsafe index.number(of: key, hash: hashWords(key, 1))
      }
    }
    let memory = unsafe index.keys.withUnsafeBufferPointer { UnsafeRawBufferPointer($0) }
    #expect(unsafe memory.loadUnaligned(as: Int64.self) == 999_990_019)
    index.cleanse()
    #expect(index.keys.isEmpty)
    // The array keeps its memory, so that what stands there can be told.
    #expect(index.keys.capacity >= 5000)
    #expect(unsafe memory.allSatisfy { $0 == 0 })
  }

  @Test("texts are told apart, whatever their length", arguments: 0..<30)
  func textsAgreeWithDictionary(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var index = TextIndex()
    var expected: [[UInt8]: Int] = [:]
    for _ in 0..<2000 {
      let length = Int(random.next() % 20)
      let text = (0..<length).map { _ in UInt8(random.next() % 2) }
      let number = unsafe text.withUnsafeBufferPointer { text in
        unsafe index.number(of: text, hash: hashBytes(text))
      }
      let known = expected[text] ?? expected.count
      expected[text] = known
      #expect(number == known, "seed \(seed)")
      #expect(Array(index.text(number)) == text)
    }
  }

  @Test("seen codes are given back in order, missing first")
  func seenCodes() {
    var left = SeenCodes()
    left.insert([5, 70_000, 5, 0])
    var right = SeenCodes()
    right.insert([-1, 64, 5])
    left.formUnion(right)
    #expect(left.codes == [-1, 0, 5, 64, 70_000])
  }
}
