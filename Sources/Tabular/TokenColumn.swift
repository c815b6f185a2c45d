/// The tokens of a column, one a row; each distinct one is held once, for most values are many
/// people's.
///
/// 4 B a row and 16 B a distinct token.
public struct TokenColumn: RandomAccessCollection, Sendable, ExpressibleByArrayLiteral {
  /// Distinct; some may be of no row.
  public let values: [Token]
  /// One a row: a place in `values`; `missingCode` for none.
  public let codes: [Int32]

  /// - Precondition: `values` are distinct and none is missing; each code is a place in `values` or
  ///   `missingCode`.
  package init(values: [Token], codes: [Int32]) {
    self.values = values
    self.codes = codes
  }

  /// Numbers tokens in the order in which they come.
  package init(_ tokens: some Collection<Token>) {
    var book = CodeBook(expected: tokens.count)
    codes = tokens.map { $0.isMissing ? missingCode : book.code(of: $0) }
    values = book.values
  }

  public init(arrayLiteral elements: Token...) { self.init(elements) }

  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { codes.count }

  /// The token of a row; `Token.missing` for none.
  @inlinable
  public subscript(row: Int) -> Token {
    let code = codes[row]
    return code < 0 ? .missing : values[Int(code)]
  }

  /// The tokens of these rows, in this order.
  package func taking(_ rows: [Int]) -> TokenColumn {
    TokenColumn(values: values, codes: rows.map { codes[$0] })
  }

  /// Other tokens in the place of these; what becomes equal is held once.
  package func replacing(_ other: (Token) throws -> Token) rethrows -> TokenColumn {
    var book = CodeBook(expected: values.count)
    let numbers = try values.map { token in
      let replaced = try other(token)
      return replaced.isMissing ? missingCode : book.code(of: replaced)
    }
    return TokenColumn(
      values: book.values,
      codes: codes.map { $0 < 0 ? missingCode : numbers[Int($0)] }
    )
  }
}
