import Diagnostics
package import Tabular

/// Why a whole file of an extract is refused.
package enum FileFault: Sendable, Hashable {
  /// The file has no header line.
  case noHeader
  /// No headers are these names; `nearest` stand in the file, `others` declared names do too.
  case missingColumns([String], nearest: [String], others: Int)
  /// No field has the number of a declared column.
  case missingField(column: String, number: Int, found: Int)
  /// The header has another delimiter than the declared one.
  case delimiter(found: UInt8, declared: UInt8)
  /// No header is an element of LO3.
  case noElements
  /// The first column of an extract of LO3 has a name.
  case noListNumber
  /// The file is no UTF-16.
  case utf16(Utf16Fault)
  /// A field of a trailer is no number.
  case trailer(field: Int)
  /// The headers of these declared columns stand there more than once.
  case repeatedColumns([String])
  /// The header line cannot be read.
  case header(RejectReason)
  /// The header line has more fields than any extract.
  case fieldLimit(found: Int, limit: Int)
  /// A NUL byte stands in the first 4 KiB.
  case nul
  /// The file begins with the byte order mark of another encoding.
  case byteOrderMark(found: String, declared: String)
  /// The XML is not well-formed; `code` is libxml2's.
  case malformed(code: Int32)
  /// The XML is in an encoding that is not read.
  case xmlEncoding
  /// The file holds a document type declaration.
  case doctype
  /// A reference to an entity that XML itself does not define.
  case entity
  /// Elements lie deeper in each other than the limit.
  case depth(limit: Int)
  /// A tag is longer than the limit, in bytes.
  case tagLength(limit: Int)
  /// A text is longer than the limit, in bytes.
  case textLength(limit: Int)
  /// The values of one client take more than the limit, in bytes.
  case clientLength(limit: Int)
  /// The root element is not that of a message we read; `found` is an iStandaarden name or empty.
  case version(found: String)
  /// The code in the header is not that of the message.
  case messageCode(found: Int?, expected: Int, message: Int)
  /// The amounts do not add up to the total that the message gives.
  case controlTotal
  /// A value that the standard does not allow; `element` is a name of the standard.
  case value(element: String, reason: RejectReason)
  /// The document breaks its schema; `element` is a name of the standard or of the schema, `code` is
  /// libxml2's.
  case schema(element: String?, code: Int32)
  /// What an envelope holds is not what it must hold.
  case envelope(EnvelopeFault)
  /// An element stands in the message more than once; `element` is a name of the standard.
  case repeated(element: String)
  /// The file ends before what it began, or the sender says that there is more.
  case truncated
  /// Something stands between the persons of a JSON file that is no JSON.
  case malformedJSON
  /// What stands around the persons of a JSON file is longer than the limit.
  case recordLength(limit: Int)
  /// The file holds no JSON value.
  case noPersons
  /// A message is not of the kind that is read.
  case lo3Message
  /// The lengths of a message do not tell where the next one begins.
  case lo3Lengths
  /// The root element is not the first of the path to a row.
  case root(expected: String)
  /// What the document holds is no answer of the standard.
  case answer(expected: String)
  /// The sender answers that something went wrong.
  case senderError
  /// The sender says that it has more than it gives.
  case moreToAsk
  /// The answer holds another number of persons than it says.
  case personCount(found: Int, expected: Int?)
  /// The sender gives no value of these required columns, for nobody.
  case withheldColumns([String])
  /// The records of a claim or of an EI message are not as they must be.
  case record(RecordFault)
}

extension FileFault {
  /// What was found, and what was expected.
  package var sentence: String {
    switch self {
    case .noHeader: "found no header line, expected one with the column names"
    case .missingColumns(let names, _, _):
      "found no \(Self.columns(names, joinedBy: "or")) in the header"
    case .missingField(let column, let number, let found):
      "found \(found) fields, expected column '\(column)' in field \(number)"
    case .delimiter(let found, let declared):
      "found a header line with \(Self.word(for: found)) and no \(Self.word(for: declared)), "
        + "expected \(Self.word(for: declared)) between the names"
    case .noElements: "found no element in the header, expected names as 01.01.20"
    case .noListNumber: "found a name above the first column, expected none above the list numbers"
    case .utf16(.oddLength): "found half a character at the end, expected utf-16le"
    case .utf16(.loneSurrogate): "found half of a surrogate pair, expected utf-16le"
    case .trailer(let field): "found no number in field \(field) of the trailer"
    case .repeatedColumns(let names):
      "found \(Self.columns(names, joinedBy: "and")) more than once in the header"
    case .header(let reason): "found a header line \(Self.words(for: reason)) (\(reason.rawValue))"
    case .fieldLimit(let found, let limit):
      "found \(found) columns in the header, expected at most \(limit)"
    case .nul: "found a NUL byte in the first 4 KiB, expected text"
    case .byteOrderMark(let found, let declared):
      "found the byte order mark of \(found), expected \(declared)"
    case .malformed(let code):
      "found malformed XML (libxml2 code \(code)): \(Self.words(forXML: code))"
    case .xmlEncoding:
      "found another encoding, expected utf-8, utf-16, iso-8859-1, iso-8859-15 or windows-1252"
    case .doctype: "found a document type declaration, expected none"
    case .entity: "found a reference to an entity, expected none"
    case .depth(let limit): "found elements nested deeper than \(limit)"
    case .tagLength(let limit): "found a tag of more than \(limit) bytes"
    case .textLength(let limit): "found a text of more than \(limit) bytes"
    case .clientLength(let limit): "found a client whose rows take more than \(limit) bytes"
    case .version(let found):
      found.isEmpty
        ? "found another root element, expected an iWmo or iJw message"
        : "found '\(maskedName(found))', expected an iWmo or iJw message of 2.0 or 3.2"
    case .messageCode(let found, let expected, let message):
      // Codes have three digits; what else stands there may be a number of another kind.
      found.map { (1...9999 ~= $0 ? "found message code \($0)" : "found another message code") }
        .map { "\($0), expected \(expected) for a \(message)" }
        ?? "found no message code, expected \(expected) for a \(message)"
    case .value(let element, .date): "found no day of the calendar in '\(element)'"
    case .value(let element, _): "found a value in '\(element)' that the standard does not allow"
    case .schema(let element, let code):
      "found a breach of the schema\(element.map { " at '\($0)'" } ?? "") (libxml2 code \(code))"
    case .envelope(let fault): fault.sentence
    case .controlTotal: "the amounts do not add up to the total of the message"
    case .repeated(let element): "found '\(element)' more than once, expected it once"
    case .malformedJSON: "found something that is no JSON around persons"
    case .recordLength(let limit): "found more than \(limit) bytes around persons"
    case .noPersons: "found an empty file, expected persons"
    case .truncated: "the file ends too early, expected more behind it"
    case .lo3Message: "found another message, expected an Lg01"
    case .lo3Lengths: "found a message whose lengths do not nest, expected them to tell its end"
    case .root(let expected): "found another root element, expected '\(expected)'"
    case .answer(let expected): "found no answer that is read, expected \(expected)"
    case .senderError: "found an error message of the sender, expected an answer"
    case .moreToAsk: "found a part of an answer, expected all of it"
    case .personCount(let found, let expected):
      "found \(found) persons, expected "
        + (expected.map { "\(Self.told($0)), as the answer says" }
          ?? "a number of them in the answer")
    case .withheldColumns(let names):
      "found no value of the required \(Self.columns(names, joinedBy: "and")) for anybody"
    case .record(let fault): fault.sentence
    }
  }

  /// A count that a sender gives; nine digits where a count stands may be a number of another kind.
  private static func told(_ count: Int) -> String {
    count < 100_000_000 ? "\(count)" : "more than there are"
  }

  private static func quoted(_ byte: UInt8) -> String {
    "\"\(Character(UnicodeScalar(byte)))\""
  }

  private static func word(for delimiter: UInt8) -> String {
    delimiter == 9 ? "tab" : "'\(Character(UnicodeScalar(delimiter)))'"
  }

  private static func words(for reason: RejectReason) -> String {
    switch reason {
    case .encoding: "that is not UTF-8"
    case .control: "with control characters, expected names and delimiters"
    case .nul: "with a NUL byte, expected text"
    case .quote: "with a quote that does not close, expected quotes around whole names"
    case .lineLength: "of more bytes than a line may have"
    default: "that cannot be read"
    }
  }

  /// libxml2's code of a character that XML or its encoding does not allow.
  static let foreignCharacter: Int32 = 9

  // Our own words: those of libxml2 quote the text.
  private static func words(forXML code: Int32) -> String {
    switch code {
    case 4: "it does not begin with a tag"
    case 5: "it is empty, or something stands behind its end"
    case foreignCharacter: "a character that XML or its encoding does not allow"
    case 26: "an entity that is not declared"
    case 32: "an encoding that is not known"
    case 73, 77: "it ends, or a tag does, too early"
    case 76: "a tag that closes another"
    default: "a fault in its tags or texts"
    }
  }

  /// What to do about it, where something can be done.
  package var hint: String? {
    switch self {
    case .noHeader: "is the file empty, or its first line blank?"
    case .missingColumns(_, _, 0): "has the file a header line, and does the delimiter fit?"
    case .missingColumns(_, [], _):
      "ask the sender for it, or look at the columns that the source declares"
    case .missingColumns(_, let nearest, _):
      "the header has \(Self.list(nearest, joinedBy: "and")); "
        + (nearest.count == 1 ? "is that the column?" : "are those the columns?")
    case .missingField: "has every row that many fields, and does the delimiter fit?"
    case .delimiter(let found, _):
      "declare it: dialect: {delimiter: \(found == 9 ? "tab" : Self.quoted(found))}"
    case .noElements: "has the file a header line, and does the delimiter fit?"
    case .noListNumber: "the first column numbers the persons: was it cut off?"
    case .utf16: "is the file cut, or in utf-8?"
    case .trailer: "look at 'trailer': fields count from 1, and the total is written as amounts are"
    case .repeatedColumns:
      "say which one is meant by its number, as {at: 3}, or ask the sender for distinct names"
    case .header(.encoding): "declare the encoding that the sender uses: 'encoding: iso-8859-1'"
    case .nul: "is this a text file? declare 'encoding: utf-16le' if it is UTF-16"
    case .byteOrderMark(let found, let declared)
    where found == "utf-16le"
      || found == "utf-8" && ["iso-8859-1", "utf-16le"].contains(declared):
      "declare 'encoding: \(found)'"
    // No key declares it, or the format has an encoding of its own.
    case .byteOrderMark(_, let declared): "ask the sender for \(declared)"
    case .header(.control): "is the delimiter the declared one, and do lines end as they should?"
    case .malformed: "the file is cut or damaged: ask for the delivery again"
    case .doctype, .entity: "no extract needs one: look at where the file comes from"
    case .version: "this version reads iWmo and iJw 2.0 and 3.2"
    case .controlTotal, .personCount: "ask the sender which of the two is wrong"
    case .malformedJSON: "the file is cut or damaged: ask for the delivery again"
    case .truncated, .noPersons: "ask for the delivery again, and for all of it"
    case .moreToAsk: "ask for fewer persons at once: the sender has more than it gives"
    case .lo3Message: "are its lengths right? They count bytes of teletex, and tell where it ends"
    case .lo3Lengths: "lengths count bytes of teletex: was the file converted on its way?"
    case .root: "'record' is the path from the root: look at the first tag of the file"
    case .fieldLimit: "if they are meant, raise 'fields' of the source's 'limits'"
    case .depth: "if they are meant, raise 'nesting' of the source's 'limits'"
    case .textLength: "if it is meant, raise 'text' of the source's 'limits'"
    case .withheldColumns: "the sender may not give it: is the authorisation complete?"
    case .record(let fault): fault.hint
    default: nil
    }
  }
}
