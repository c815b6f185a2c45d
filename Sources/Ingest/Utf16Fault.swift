/// Why bytes are no UTF-16.
package enum Utf16Fault: Error, Sendable, Hashable {
  /// Half a character stands at the end.
  case oddLength
  /// A surrogate stands without its other half.
  case loneSurrogate
}
