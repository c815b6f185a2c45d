import Foundation
import TestSupport

/// Registers and resources in every format that knows its columns.
///
/// A person's values stand where they belong and in all that must never be read: relatives, payers,
/// remarks, displays, what once was, addresses of letters, names of files. Some rows and some files
/// are faulty, each with a person's value where the fault is.
struct CanaryDocuments {
  let flock: [Canary]

  private func relative(of place: Int) -> Canary { flock[flock.count - 1 - place] }
  private func compact(_ canary: Canary) -> String { canary.birthDate.filter { $0 != "-" } }

  /// The persons of a format, each with her place in the flock.
  private func people(_ count: Int) -> [(place: Int, canary: Canary)] {
    flock.prefix(count).enumerated().map { ($0.offset, $0.element) }
  }

  /// Files that are read, some of their rows with faults: by their path in the inbox.
  var files: [(name: String, bytes: [UInt8])] {
    [
      ("stuf/\(flock[5].surname).xml", stuf), ("lo3/\(flock[5].bsn).xml", lo3Soap),
      ("lo3/\(flock[3].surname)-\(flock[3].bsn).lg01", lg01), ("lo3/register.csv", lo3Csv),
      ("brp/register.json", brp), ("fhir/patients.ndjson", patients),
      ("fhir/encounters.ndjson", resources("Encounter")),
      ("fhir/conditions.ndjson", resources("Condition")),
      ("fhir/claims.ndjson", resources("Claim")),
    ].map { ($0.0, Array($0.1.utf8)) }
  }

  /// Files that are refused as a whole; the errors of their parsers may quote what they met.
  var broken: [(read: String, bytes: [UInt8])] {
    let (name, other) = (flock[5], flock[6])
    let soap = "lo3, form: soap"
    let plain = [
      (
        "stuf-bg",
        "<b:npsLa01 xmlns:b=\"http://www.egem.nl/StUF/sector/bg/0310\"><\(name.surname) \(name.bsn)=></b>"
      ),
      (
        "stuf-bg",
        "<!DOCTYPE x [<!ENTITY \(name.surname) \"\(name.bsn)\">]><x>&\(name.surname);</x>"
      ),
      (
        "stuf-bg",
        "<\(name.surname) xmlns=\"mailto:\(name.mail)\">\(name.bsn)</\(name.surname)>"
      ),
      (
        "stuf-bg",
        "<b:Fo02Bericht xmlns:b=\"http://www.egem.nl/StUF/StUF0301\"><b:body><b:omschrijving>"
          + "\(name.surname) \(name.bsn)</b:omschrijving></b:body></b:Fo02Bericht>"
      ),
      ("stuf-bg", stuf.replacingOccurrences(of: ">30<", with: ">\(name.bsn)<")),
      ("stuf-bg", stuf.replacingOccurrences(of: "false<", with: "\(name.surname)<")),
      (soap, String(lo3Soap.prefix(lo3Soap.count / 2)) + "<\(other.surname)>&\(other.bsn);"),
      (soap, lo3Soap.replacingOccurrences(of: "<v:code>0<", with: "<v:code>\(other.bsn)<")),
      ("lo3, form: lg01", lg01 + "\n\(other.surname)"),
      ("lo3, form: lg01", lg01.replacingOccurrences(of: "Lg01", with: other.surname.prefix(4))),
      ("lo3, form: csv", lo3Csv.replacingOccurrences(of: "01.01.20", with: other.bsn)),
      (
        "brp",
        "{\"personen\":[{\"burgerservicenummer\":\"\(other.bsn)\",\"\(other.surname)\":\(other.mail)"
      ),
      ("brp", "{\"\(other.surname)\":{\"\(other.bsn)\":\"\(other.mail)\"}}"),
      (
        "fhir, rows: Patient",
        "{\"resourceType\":\"\(other.surname)\",\(other.bsn)}\n\(other.mail)\n"
      ),
    ]
    return plain.map { ($0.0, Array($0.1.utf8)) } + [
      ("lo3, form: lg01", Array(lg01.utf8) + [0x0A, 0xFF, 0xC1] + Array(other.surname.utf8)),
      ("brp", [0xFF, 0xFE] + Array(brp.utf8)),
    ]
  }

  private var stuf: String {
    let objects = people(30).map { place, canary in
      let relative = relative(of: place)
      let bsn = place % 7 == 6 ? "\(canary.bsn)\(canary.surname)" : canary.bsn
      let date = place % 7 == 5 ? canary.mail : compact(canary)
      return """
        <b:object s:entiteittype="NPS" s:sleutelVerzendend="\(canary.client)">
        <b:inp.bsn>\(bsn)</b:inp.bsn><b:geslachtsnaam>\(canary.surname)</b:geslachtsnaam>
        <b:voornamen>\(canary.firstName)</b:voornamen>
        <b:geboortedatum s:indOnvolledigeDatum="V">\(date)</b:geboortedatum>
        <b:verblijfsadres><b:aoa.postcode>\(canary.postcode)</b:aoa.postcode>
        <b:aoa.huisnummer>\(canary.phone)</b:aoa.huisnummer></b:verblijfsadres>
        <b:inp.gemeenteVanInschrijving>9001</b:inp.gemeenteVanInschrijving>
        <b:inp.heeftAlsPartner><b:gerelateerde><b:inp.bsn>\(relative.bsn)</b:inp.bsn>
        <b:geslachtsnaam>\(relative.surname)</b:geslachtsnaam></b:gerelateerde></b:inp.heeftAlsPartner>
        <b:historieMaterieel><b:geslachtsnaam>\(relative.surname)</b:geslachtsnaam>
        </b:historieMaterieel><b:\(canary.surname)>\(canary.iban)</b:\(canary.surname)></b:object>
        """
    }
    return """
      <?xml version="1.0"?><b:npsLa01 xmlns:b="http://www.egem.nl/StUF/sector/bg/0310"
       xmlns:s="http://www.egem.nl/StUF/StUF0301"><!-- \(flock[0].mail) -->
      <b:stuurgegevens><s:berichtcode>La01</s:berichtcode><s:zender><s:gebruiker>\(flock[1].surname)
      </s:gebruiker></s:zender><s:referentienummer>\(flock[1].invoice)</s:referentienummer>
      </b:stuurgegevens><b:parameters><s:indicatorVervolgvraag>false</s:indicatorVervolgvraag>
      <s:aantalVoorkomens>30</s:aantalVoorkomens></b:parameters><b:antwoord>
      \(objects.joined(separator: "\n"))
      </b:antwoord></b:npsLa01>
      """
  }

  private var lo3Soap: String {
    func item(_ number: Int, _ value: String) -> String {
      "<l:item><l:nummer>\(number)</l:nummer><l:waarde>\(value)</l:waarde></l:item>"
    }
    func stack(_ category: Int, _ items: [String]) -> String {
      "<l:item><l:categorievoorkomens><l:item><l:categorienummer>\(category)</l:categorienummer>"
        + "<l:elementen>\(items.joined())</l:elementen></l:item></l:categorievoorkomens></l:item>"
    }
    let lists = people(25).map { place, canary in
      let relative = relative(of: place)
      let own = [
        item(110, canary.assignment), item(120, place % 6 == 5 ? canary.iban : canary.bsn),
        item(210, canary.firstName), item(240, canary.surname + " \n"),
        item(310, place % 6 == 4 ? "1968\(canary.surname)" : compact(canary)), item(410, "M"),
      ]
      let parent = [item(120, relative.bsn), item(240, relative.surname)]
      let address = [item(910, "9001"), item(1120, canary.mail), item(1160, canary.postcode)]
      return "<v:item><l:categoriestapels>\(stack(1, own))\(stack(2, parent))\(stack(8, address))"
        + "</l:categoriestapels></v:item>"
    }
    return """
      <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><v:vraagResponse
       xmlns:v="http://www.bprbzk.nl/GBA/LRDPlus/version1.1"
       xmlns:l="http://www.bprbzk.nl/GBA/LO3/version1.1"><v:vraagReturn><v:persoonslijsten>\(lists.joined())
      </v:persoonslijsten><v:resultaat><v:code>0</v:code><v:omschrijving>\(flock[2].surname)
      </v:omschrijving></v:resultaat></v:vraagReturn></v:vraagResponse></s:Body></s:Envelope>
      """
  }

  private var lg01: String {
    func field(_ width: Int, _ number: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    func element(_ number: String, _ value: String) -> String {
      number + field(3, value.utf8.count) + value
    }
    func category(_ number: String, _ elements: [String]) -> String {
      number + field(3, elements.joined().utf8.count) + elements.joined()
    }
    let messages = people(25).map { place, canary in
      let relative = relative(of: place)
      let body =
        category(
          "01",
          [
            element("0110", canary.assignment), element("0120", canary.bsn),
            element("0210", canary.firstName), element("0240", canary.surname),
            element("0310", place % 5 == 4 ? canary.phone : compact(canary)), element("0410", "V"),
          ]
        ) + category("02", [element("0120", relative.bsn), element("0240", relative.surname)])
        + category("08", [element("0910", "9001"), element("1160", canary.postcode)])
      let size = place % 9 == 8 ? body.utf8.count + 3 : body.utf8.count
      return "00000000Lg01202608311200000001010101010\(canary.assignment)" + field(5, size) + body
    }
    return messages.joined(separator: "\n")
  }

  private var lo3Csv: String {
    var lines = [
      ";01.01.10;01.01.20;01.02.10;01.02.40;01.03.10;01.04.10;01.H;02.01.20;02.02.40;08.09.10;08.11.60"
    ]
    for (place, canary) in people(25) {
      let relative = relative(of: place)
      let bsn = place % 5 == 4 ? canary.client : canary.bsn
      lines.append(
        "\(place);\(canary.assignment);\(bsn);\(canary.firstName);\(canary.surname);\(compact(canary));M;"
          + "51;\(relative.bsn);\(relative.surname);9001;\(canary.postcode)"
      )
      lines.append(";;\(relative.bsn);\(relative.surname);\(canary.mail);;;;;;;")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var brp: String {
    let persons = people(60).map { place, canary in
      let relative = relative(of: place)
      let date = place % 8 == 7 ? "\(canary.birthDate)T\(canary.surname)" : canary.birthDate
      return """
        {"aNummer":"\(canary.assignment)","burgerservicenummer":"\(canary.bsn)",
        "geslacht":{"code":"\(place % 2 == 0 ? "M" : "V")","omschrijving":"\(canary.mail)"},
        "naam":{"voornamen":"\(canary.firstName)","geslachtsnaam":"\(canary.surname)",
        "volledigeNaam":"\(canary.firstName) \(canary.surname)"},
        "geboorte":{"datum":{"type":"Datum","datum":"\(date)","langFormaat":"\(canary.phone)"}},
        "gemeenteVanInschrijving":{"code":"9001","omschrijving":"\(canary.iban)"},
        "verblijfplaats":{"type":"Adres","verblijfadres":{"postcode":"\(canary.postcode)",
        "huisnummer":\(place % 8 == 6 ? "\"\(canary.client)\"" : "\(canary.houseNumber)")}},
        "ouders":[{"burgerservicenummer":"\(relative.bsn)","naam":{"geslachtsnaam":"\(relative.surname)"}}],
        "adressering":{"aanhef":"Geachte \(canary.surname)"},"\(canary.surname)":"\(canary.invoice)"}
        """
    }
    return "{\"type\":\"\(flock[8].surname)\",\"personen\":[\(persons.joined(separator: ","))]}"
  }

  private var patients: String {
    people(40).map { place, canary in
      let relative = relative(of: place)
      let bsn = place % 6 == 5 ? canary.iban : canary.bsn
      let line =
        "{\"resourceType\":\"Patient\",\"id\":\"\(canary.client)\",\"text\":{\"div\":\"<p>\(canary.surname)"
        + " \(canary.bsn)</p>\"},\"identifier\":[{\"system\":\"http://fhir.nl/fhir/NamingSystem/bsn\","
        + "\"value\":\"\(bsn)\"}],\"name\":[{\"use\":\"official\",\"family\":\"\(canary.surname)\",\"given\":[\""
        + "\(canary.firstName)\"]}],\"gender\":\"female\",\"birthDate\":\"\(canary.birthDate)\",\"telecom\":[{"
        + "\"value\":\"\(canary.phone)\"}],\"contact\":[{\"name\":{\"family\":\"\(relative.surname)\"}}],"
        + "\"address\":[{\"postalCode\":\"\(canary.postcode)\",\"line\":[\"\(canary.mail)\"]}]}"
      return place % 9 == 8 ? String(line.dropLast(40)) : line
    }.joined(separator: "\n") + "\n"
  }

  private func resources(_ type: String) -> String {
    people(40).map { place, canary in
      let person = type == "Claim" ? "patient" : "subject"
      let day = place % 6 == 5 ? canary.surname : "2026-08-02"
      let amount = place % 6 == 4 ? "\"\(canary.iban)\"" : "12.50"
      return
        "{\"resourceType\":\"\(type)\",\"id\":\"\(canary.invoice)\",\"status\":\"active\",\"\(person)\":{"
        + "\"reference\":\"Patient/\(canary.client)\",\"display\":\"\(canary.surname)\"},\"note\":[{\"text\":\""
        + "\(canary.bsn) \(canary.mail)\"}],\"class\":{\"code\":\"AMB\",\"display\":\"\(canary.surname)\"},"
        + "\"period\":{\"start\":\"\(day)\"},\"onsetDateTime\":\"\(day)\",\"created\":\"\(day)\",\"code\":{"
        + "\"text\":\"\(canary.surname)\",\"coding\":[{\"system\":\"http://snomed.info/sct\",\"code\":\"123\","
        + "\"display\":\"\(canary.iban)\"}]},\"item\":[{\"sequence\":1,\"net\":{\"value\":\(amount),"
        + "\"currency\":\"EUR\"}}],\"total\":{\"value\":\(amount),\"currency\":\"EUR\"}}"
    }.joined(separator: "\n") + "\n" + patients
  }
}
