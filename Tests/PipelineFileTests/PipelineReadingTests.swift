import Diagnostics
import Testing

@testable import PipelineFile

@Suite struct PipelineReadingTests {
  @Test("The small pipeline has no fault") func smallIsValid() {
    #expect(faults(of: smallPipeline).map(\.text) == [])
  }

  @Test("Each mistake draws one message, at its place", arguments: FaultCase.all)
  func tellsOnce(_ mistake: FaultCase) throws {
    let text = smallPipeline.replacing(mistake.old, with: mistake.new, maxReplacements: 1)
    try #require(text != smallPipeline, "the pipeline has no '\(mistake.old)'")
    let found = faults(of: text)
    #expect(found.count == 1, "\(found.map(\.text))")
    let fault = try #require(found.first)
    #expect(fault.place == place(of: mistake.caret, in: text), "\(fault.text)")
    #expect(fault.sentence.contains(mistake.sentence), "\(fault.text)")
    if !mistake.hint.isEmpty {
      #expect(fault.hint?.contains(mistake.hint) == true, "\(fault.text)")
    }
  }
}
