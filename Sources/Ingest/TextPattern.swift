import Glibc

/// A POSIX extended expression that a whole text must match.
@safe final class TextPattern {
  private let expression: UnsafeMutablePointer<regex_t>

  /// Nil if it is no such expression.
  init?(_ pattern: String) {
    guard !pattern.utf8.contains(0) else { return nil }
    let made = UnsafeMutablePointer<regex_t>.allocate(capacity: 1)
    unsafe made.initialize(to: regex_t())
    guard unsafe regcomp(made, "^(\(pattern))$", REG_EXTENDED) == 0 else {
      unsafe made.deallocate()
      return nil
    }
    unsafe expression = made
  }

  deinit {
    unsafe regfree(expression)
    unsafe expression.deallocate()
  }

  /// Whether it fits all of the text.
  func matches(_ text: UnsafeMutablePointer<UInt8>, _ length: Int) -> Bool {
    // REG_STARTEND: the text has no NUL at its end.
    var match = regmatch_t(rm_so: 0, rm_eo: regoff_t(length))
    return unsafe text.withMemoryRebound(to: CChar.self, capacity: length) {
      unsafe regexec(expression, $0, 1, &match, 1 << 2) == 0
    }
  }
}
