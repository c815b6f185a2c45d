import Testing

@testable import PipelineFile

@Suite("What a pipeline says of its deliveries")
struct DeliveryReadingTests {
  private func care(_ delivery: String, files: String = "care/{period}.csv") throws -> Source {
    let text = smallPipeline.replacing(
      "files: care/{period}.csv",
      with: "files: \(files)\(delivery)"
    )
    let pipeline = try PipelineLoader.load(
      bytes: Array(text.utf8),
      path: "folder/p.yaml",
      settings: files.contains("{data}") ? ["data": "a*[b]"] : [:],
      today: today
    )
    return try #require(pipeline.source(named: "care"))
  }

  @Test("nothing said is skip, replace and fail")
  func defaults() throws {
    let source = try care("")
    #expect(source.delivery == DeliveryPolicy())
    #expect(source.delivery.late == .fail)
    #expect(source.delivery.duplicate == .skip)
    #expect(source.delivery.correction == .replace)
    #expect(source.isByPeriod)
    #expect(source.earlierFiles.isEmpty && source.expectations.isEmpty)
  }

  @Test("the files of twelve earlier periods are named, the latest first, across the year")
  func earlier() throws {
    let source = try care("\n    delivery: {due: '23:59', late: use-previous}")
    #expect(source.delivery.due == "23:59")
    #expect(source.earlierFiles.count == 12)
    #expect(
      source.earlierFiles[0] == PeriodFiles(period: "2026-07", files: "folder/care/2026-07.csv")
    )
    #expect(source.earlierFiles[7].period == "2025-12")
    #expect(source.earlierFiles[11].period == "2025-08")
  }

  @Test("every variable of the period changes, no other does, and what they put in means itself")
  func variables() throws {
    let source = try care(
      "\n    delivery: {late: use-previous}",
      files: "'{data}/{period}/x_{period.start}_{period.end}_{pipeline}*.csv'"
    )
    #expect(source.files == "a\\*\\[b\\]/2026-08/x_2026-08-01_2026-08-31_small*.csv")
    #expect(
      source.earlierFiles[5].files
        == "a\\*\\[b\\]/2026-02/x_2026-02-01_2026-02-28_small*.csv"
    )
  }

  @Test("expectations are read as they stand")
  func expectations() throws {
    let source = try care(
      """

          expect:
            - {rows: within 5 % of previous}
            - {rows: 100..2000, else: warn}
            - {sum: amount, equals: -5}
            - {sum: amount, within: 0.5 % of previous, else: fail}
      """
    )
    #expect(
      source.expectations.map(\.bound)
        == [.withinPrevious(0.05), .range(100...2000), .range(-5...(-5)), .withinPrevious(0.005)]
    )
    #expect(source.expectations.map(\.isGate) == [true, false, true, true])
    #expect(source.summedColumns == ["amount"])
  }

  @Test(
    "what is right is taken",
    arguments: [
      "delivery: {due: '00:00'}", "delivery: {due: 23:59, late: fail}",
      "delivery: {late: use-previous, duplicate: fail, correction: fail}",
      "expect: [{rows: 4}]", "expect: [{rows: within 100 % of previous}]",
      "expect: [{sum: amount, equals: 1..5}]",
    ]
  )
  func taken(line: String) {
    #expect(throws: Never.self) { _ = try care("\n    \(line)") }
  }

  @Test(
    "times and expectations that are none are refused",
    arguments: [
      "delivery: {due: '24:00'}", "delivery: {due: '2:00'}", "delivery: {due: '02:60'}",
      "delivery: {due: '0200'}", "delivery: {late: wait}", "delivery: {duplicate: replace}",
      "expect: [{rows: 5..4}]", "expect: [{rows: within 101 % of previous}]",
      "expect: [{rows: within 5 of previous}]", "expect: [{rows: 1, equals: 1}]",
      "expect: [{rows: 1, sum: amount}]",
      "expect: [{sum: amount, equals: 1, within: 5 % of previous}]",
      "expect: [{sum: amount, equals: trailer.rows}]", "expect: [{sum: care_type, equals: 1}]",
      "expect: []", "expect: {rows: 1}",
    ]
  )
  func refused(line: String) {
    #expect(throws: PipelineFileError.self) { _ = try care("\n    \(line)") }
  }
}
