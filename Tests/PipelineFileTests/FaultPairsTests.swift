import Diagnostics
import TestSupport
import Testing

@testable import PipelineFile

@Suite struct FaultPairsTests {
  @Test("Two mistakes draw no third message", arguments: 0..<40 as Range<UInt64>)
  func tellsNoMore(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<12 {
      guard let first = FaultCase.all.randomElement(using: &random),
        let second = FaultCase.all.randomElement(using: &random),
        let text = Self.apply(first, second)
      else { continue }
      // One mistake gives that measure another name, and what divides it lacks it.
      let found = faults(of: text).filter {
        !$0.sentence.contains("the table has no measure 'residents'")
          && !$0.sentence.contains("found no measure 'use.residents'")
      }
      #expect((1...2).contains(found.count), "seed \(seed): \(found.map(\.text))")
      for fault in found {
        let isExpected =
          fault.sentence.contains(first.sentence)
          || fault.sentence.contains(second.sentence)
          // What a dimension lacks in one source is judged only when that source is known.
          || fault.sentence.contains("found a date as a dimension")
          || fault.sentence.contains("neither persons nor the rows have a column 'date'")
        #expect(isExpected, "seed \(seed): \(fault.text)")
      }
    }
  }

  /// Both changes, when they touch different texts.
  private static func apply(_ first: FaultCase, _ second: FaultCase) -> String? {
    let text = smallPipeline
    guard let left = text.firstRange(of: first.old), let right = text.firstRange(of: second.old),
      !left.overlaps(right)
    else { return nil }
    let isInOrder = left.lowerBound < right.lowerBound
    let (head, early) = isInOrder ? (left, first.new) : (right, second.new)
    let (tail, late) = isInOrder ? (right, second.new) : (left, first.new)
    return text[..<head.lowerBound] + early + text[head.upperBound..<tail.lowerBound] + late
      + text[tail.upperBound...]
  }
}
