/// The messages about one client: 301 assignment, 305 start, 307 stop.
struct AssignmentMessages {
  let population: Population
  let seed: UInt64

  /// A municipality's assignment, with what else it tells: address, relatives, remarks.
  func assignmentDocument(of client: SupportClient, _ message: SupportMessage) -> [UInt8] {
    var random = RandomStream(seed, .message, client.number)
    let hasTelephone = random.chance(0.5)
    let hasRemark = random.chance(0.15)
    let minuteOfDay = random.within(480...1_019)
    var xml = message.document()
    xml.element("Client") { element in
      SupportMessage.append(client, to: &element)
      if hasRemark {
        // Free text that names people and holds what must be escaped.
        element.element(
          "Commentaar",
          "Let op: dochter van \(client.surname) belt zelf & spoed <24 uur"
        )
      }
      contact(of: client, hasTelephone: hasTelephone, to: &element)
      relatives(of: client, to: &element)
      element.element("ToegewezenProducten") { list in
        for assignment in client.assignments {
          list.element("ToegewezenProduct") { row in
            row.element("ToewijzingNummer", String(assignment.number))
            product(of: assignment, to: &row)
            row.element("Toewijzingsdatum", SupportMessage.date(message.day))
            row.element(
              "Toewijzingstijd",
              "\(padded(minuteOfDay / 60, 2)):\(padded(minuteOfDay % 60, 2)):00"
            )
            row.element("Ingangsdatum", SupportMessage.date(assignment.startDay))
            row.element("Einddatum", assignment.endDay.map(SupportMessage.date))
            row.element("Omvang") { volume in
              volume.element("Volume", .types, String(assignment.volume))
              volume.element("Eenheid", .types, assignment.product.unit)
              volume.element("Frequentie", .types, assignment.product.frequency)
            }
          }
        }
      }
    }
    return xml.finished()
  }

  /// A provider's message that support has begun; nil when it told of none.
  func startDocument(of client: SupportClient, _ message: SupportMessage) -> [UInt8] {
    var xml = message.document()
    xml.element("Client") { element in
      SupportMessage.append(client, to: &element)
      element.element("StartProducten") { list in
        for assignment in client.assignments where assignment.isStartTold {
          list.element("StartProduct") { row in
            row.element("ToewijzingNummer", String(assignment.number))
            product(of: assignment, to: &row)
            row.element("ToewijzingIngangsdatum", SupportMessage.date(assignment.startDay))
            row.element("Begindatum", SupportMessage.date(assignment.startDay))
            row.element("StatusAanlevering", "1")
          }
        }
      }
    }
    return xml.finished()
  }

  /// A provider's message that support has stopped.
  func stopDocument(of client: SupportClient, _ message: SupportMessage) -> [UInt8] {
    var xml = message.document()
    xml.element("Client") { element in
      SupportMessage.append(client, to: &element)
      element.element("StopProducten") { list in
        for assignment in client.assignments {
          guard let stopDay = assignment.stopDay else { continue }
          list.element("StopProduct") { row in
            row.element("ToewijzingNummer", String(assignment.number))
            product(of: assignment, to: &row)
            row.element("ToewijzingIngangsdatum", SupportMessage.date(assignment.startDay))
            row.element("Begindatum", SupportMessage.date(assignment.startDay))
            row.element("Einddatum", SupportMessage.date(stopDay))
            row.element("RedenBeeindiging", stopDay % 5 == 0 ? "01" : "02")
            row.element("StatusAanlevering", "1")
          }
        }
      }
    }
    return xml.finished()
  }

  private func product(of assignment: SupportAssignment, to xml: inout XMLText) {
    xml.element("Product") { product in
      product.element("Categorie", .types, assignment.product.category)
      product.element("Code", .types, assignment.product.code)
    }
  }

  private func contact(of client: SupportClient, hasTelephone: Bool, to xml: inout XMLText) {
    xml.element("Contactgegevens") { list in
      list.element("Contact") { contact in
        contact.element("Soort", "01")
        address(client.postcode, client.houseNumber, client.houseLetter, to: &contact)
        if hasTelephone {
          contact.element("Telefoon") { telephone in
            telephone.element("Telefoon01", .types) { first in
              first.element("Telefoonnummer", .types, "0" + padded(600_000_000 + client.number, 9))
              first.element("Landnummer", .types, "0031")
            }
          }
          contact.element("Emailadres", "client\(client.number)@example.org")
        }
      }
    }
  }

  private func address(
    _ postcode: Postcode,
    _ houseNumber: Int,
    _ houseLetter: UInt8?,
    to xml: inout XMLText
  ) {
    xml.element("Adres") { address in
      address.element("Huis", .types) { house in
        house.element("Huisnummer", .types, String(houseNumber))
        house.element(
          "Huisletter",
          .types,
          houseLetter.map { String(decoding: [$0], as: UTF8.self) }
        )
      }
      address.element("Postcode", .types, postcode.description)
      address.element("LandCode", .types, "NL")
    }
  }

  /// A relative in one message of four: a name and a birth date that are nobody's business.
  private func relatives(of client: SupportClient, to xml: inout XMLText) {
    var random = RandomStream(seed, .relation, client.number)
    guard random.chance(0.25) else { return }
    let isFemale = random.chance(0.6)
    let birthDay = Population.registerDay - random.within(25...70) * 365 - random.below(365)
    let names = population.names
    let surname = names.surnames[Int(names.surname(.dutch, &random))]
    let firstName = names.firstNames[
      Int(names.firstName(.dutch, female: isFemale, birthYear: 1960, &random))
    ]
    let postcode = Postcode(outside: random.below(1_900_000))
    let houseNumber = random.within(1...180)
    xml.element("Relaties") { list in
      list.element("Relatie") { relative in
        relative.element("Nummer", "1")
        relative.element("Volgorde", "1")
        relative.element("Soort", isFemale ? "12" : "07")
        SupportMessage.appendBirthDate(birthDay, .complete, to: &relative)
        relative.element("Geslacht", isFemale ? "2" : "1")
        relative.element("Naam") { name in
          name.element("Geslachtsnaam", .types) { own in
            own.element("Achternaam", .types, surname.word)
            own.element("Voorvoegsel", .types, surname.prefix)
          }
          name.element("Voornamen", .types, firstName)
          name.element("Voorletters", .types, String(firstName.prefix(1)))
          name.element("NaamGebruik", .types, "1")
        }
        relative.element("Contactgegevens") { contacts in
          contacts.element("Contact") { contact in
            contact.element("Soort", "01")
            address(postcode, houseNumber, nil, to: &contact)
          }
        }
      }
    }
  }
}
