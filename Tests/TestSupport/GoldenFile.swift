import Foundation

/// Compares text with what is expected of it, which stands in a file.
///
/// With `UPDATE_GOLDEN=1` the file is written anew, and the comparison fails this once: read the
/// difference before you keep it.
///
/// ```swift
/// #expect(differenceFromGolden(report, "Golden/report.txt") == nil)
/// ```
///
/// - Parameters:
///   - text: what was printed.
///   - name: the golden file, relative to the folder of the test file.
///   - test: the test file.
/// - Returns: what differs, by line; nil if nothing does.
package func differenceFromGolden(
  _ text: String,
  _ name: String,
  test: String = #filePath
) -> String? {
  let folder = (test as NSString).deletingLastPathComponent
  let path = "\(folder)/\(name)"
  if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
    do {
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent,
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      return "\(name) was written anew: read the difference, then run without UPDATE_GOLDEN"
    } catch {
      return "\(name) could not be written"
    }
  }
  guard let data = FileManager.default.contents(atPath: path) else {
    return "\(name) is missing: run once with UPDATE_GOLDEN=1"
  }
  return firstDifference(found: text, expected: String(decoding: data, as: UTF8.self), in: name)
}

private func firstDifference(found: String, expected: String, in name: String) -> String? {
  if found == expected { return nil }
  let foundLines = found.split(separator: "\n", omittingEmptySubsequences: false)
  let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
  for (number, pair) in zip(foundLines, expectedLines).enumerated() where pair.0 != pair.1 {
    return "\(name):\(number + 1): found \"\(pair.0)\", expected \"\(pair.1)\""
  }
  return "\(name): found \(foundLines.count) lines, expected \(expectedLines.count)"
}
