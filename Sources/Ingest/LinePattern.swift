import Glibc

/// A POSIX extended expression that a part of a line must match.
@safe final class LinePattern {
  private let expression: UnsafeMutablePointer<regex_t>
  /// What a line must begin with to match: one of these; none means that nothing is known of it.
  let prefixes: [[UInt8]]

  /// Nil if it is no such expression.
  init?(_ pattern: String) {
    guard !pattern.utf8.contains(0) else { return nil }
    let made = UnsafeMutablePointer<regex_t>.allocate(capacity: 1)
    unsafe made.initialize(to: regex_t())
    guard unsafe regcomp(made, pattern, REG_EXTENDED) == 0 else {
      unsafe made.deallocate()
      return nil
    }
    unsafe expression = made
    prefixes = Self.prefixes(of: Array(pattern.utf8)) ?? []
  }

  deinit {
    unsafe regfree(expression)
    unsafe expression.deallocate()
  }

  /// Whether a line that begins with that byte may match.
  func mayBegin(with byte: UInt8) -> Bool {
    prefixes.isEmpty || prefixes.contains { $0.first == byte }
  }

  /// Whether it fits a part of the line.
  func matches(_ line: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    let written = unsafe UnsafeBufferPointer(start: line, count: length)
    guard prefixes.isEmpty || prefixes.contains(where: { unsafe written.starts(with: $0) }) else {
      return false
    }
    // REG_STARTEND: the line has no NUL at its end.
    var match = regmatch_t(rm_so: 0, rm_eo: regoff_t(length))
    return unsafe line.withMemoryRebound(to: CChar.self, capacity: length) {
      unsafe regexec(expression, $0, 1, &match, 1 << 2) == 0
    }
  }

  /// The fixed texts that the alternatives of a pattern begin with, or nil where one has none.
  static func prefixes(of pattern: [UInt8]) -> [[UInt8]]? {
    // Brackets and braces may hide a bar: too rare to be worth more than trying every line.
    guard !pattern.contains(where: { "([{)".utf8.contains($0) }) else { return nil }
    var prefixes: [[UInt8]] = []
    for branch in pattern.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false) {
      guard branch.first == UInt8(ascii: "^"), !branch.contains(UInt8(ascii: "\\")) else {
        return nil
      }
      var prefix = Array(branch.dropFirst().prefix { !".*+?$^".utf8.contains($0) })
      let next = branch.dropFirst(1 + prefix.count).first
      if let next, "*?+".utf8.contains(next) {
        // The letter before it may be absent, with `+*` too; of an accented one the last byte is.
        _ = prefix.popLast()
      }
      guard !prefix.isEmpty else { return nil }
      prefixes.append(prefix)
    }
    return prefixes
  }
}
