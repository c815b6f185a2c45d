/// What checks one document against a schema while it is read.
@safe final class XMLValidation {
  private let schema: XMLSchema
  private let context: OpaquePointer
  private let plug: OpaquePointer
  /// The functions of the validator, and what they are called with; libxml2 keeps the addresses.
  private let handler: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  private let data: UnsafeMutablePointer<UnsafeMutableRawPointer?>

  /// - Returns: nil if libxml2 has no memory for it.
  init?(_ schema: XMLSchema) {
    let handler = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: 1)
    let data = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: 1)
    unsafe handler.initialize(to: nil)
    unsafe data.initialize(to: nil)
    guard
      let made = unsafe LibXML2.makeValidation(schema.schema, handler: handler, data: data)
    else {
      unsafe handler.deallocate()
      unsafe data.deallocate()
      return nil
    }
    self.schema = schema
    unsafe context = made.context
    unsafe plug = made.plug
    unsafe self.handler = handler
    unsafe self.data = data
  }

  deinit {
    unsafe LibXML2.freeValidation(context, plug)
    unsafe handler.deallocate()
    unsafe data.deallocate()
  }

  /// Lets it see what the parser tells, and tell what it finds itself.
  func begin(_ events: UnsafeMutablePointer<XMLEvents>) {
    unsafe events.pointee.validator = handler.pointee
    unsafe events.pointee.validatorData = data.pointee
    unsafe LibXML2.tellBreaches(found: context, to: events)
  }
}
