/// The page beside the extracts that says how they were made and what is planted in them.
struct SampleReadme {
  let residents: Int
  let seed: UInt64
  let careClaims: Int
  let supportClients: Int
  let supportMessages: Int
  let waitingRows: Int
  let surveyAnswers: Int
  let hipReplacements: Int
  let hotSpots: [Neighbourhood]

  var text: String {
    """
    # A made-up region

    Nobody here exists: names, numbers, addresses, claims and messages are made up. BSNs come from
    the official test range 999900006–999999990 as far as it reaches.

    Made by `koppel synth DIR --residents \(residents) --seed \(seed)`; the same command gives the
    same bytes.

    | folder | what |
    |---|---|
    | `register/` | \(residents) people who live or lived here in 2026: CSV, `;`, gzip |
    | `care/` | \(careClaims) claims, January to August 2026, a file a month: CSV, `;`, gzip |
    | `support/` | \(supportMessages) iWmo 3.2 messages, the same months: 301, 305 and 307 about one \
    client each, 323 about many; \(supportClients) clients in all |
    | `waiting-list/` | a list of \(waitingRows) rows that is kept by hand, without BSN: CSV, `;` |
    | `survey/` | \(surveyAnswers) answers of hospital patients: a score of their experience (0 to 10) and \
    points of health gained, with provider and product: CSV, `;` |
    | `areas/` | neighbourhoods, districts, municipalities: name, region, and metres on the map: CSV, \
    `;` |
    | `truth/` | what the extracts do not tell; no pipeline reads it |

    ## What is planted

    \(hotSpotLines)
    - Few people use most of the care: each person's use is a gamma draw (shape 1) times the usual
      of the age, about 20 claims a resident. Costs differ by age and by neighbourhood, at most a
      tenth up or down.
    - A few per cent moved in (`moved_in`) or out (`moved_out`, the first day no longer here) between
      2 January and 31 August 2026, mostly whole households; their claims are there all year. One in
      four or so has no `moved_in`: they have lived here always.
    - \(hipReplacements) people from 55 on have a hip replaced (product `ZH400`), each in one hospital for their
      municipality; in the 90 days after it two in five of their other claims are physiotherapy, or
      from 75 on district nursing.
    - Two in five of the patients answer the survey, four in five after a replaced hip. Scores are
      some tenths higher or lower by municipality and provider, gains some points; a few answers
      leave one of them out.
    - 8 % of residents have support, the old far more often; one client in fifty or so lives
      outside the region and is in no register. So do some people in the care extracts.
    - Of the clients, 15 % have no BSN in support (999999999, and so no declaration), 2 % a wrong
      one: by turns one that fails the eleven-test and one that passes and belongs to nobody.
    - Of the clients, 6 % stand with an old address, 5 % with a typing error in the surname, 5 % in
      the first names, 12 % without first names, 1 % with a wrong birth date; some women under the
      surname of their partner, or a joint one.
    - The waiting list has the same faults, and some people stand on it twice.
    - One neighbourhood in eight or so is a hamlet, where cells are small. There are twins, and
      families and couples at one address.
    - About 1 % of residents have a birth date that is known in part (`1968-00-00`).
    - Of the claims, 0.3 % have no BSN, 0.1 % a wrong one, 0.02 % an impossible day or amount:
      those last rows are rejected.
    - 1.5 % of declared rows are taken back the month after and declared anew.
    - Relatives, telephone numbers and remarks in the messages, and columns of the CSV files that
      no pipeline names, must not appear in anything that Koppel writes.

    ## Truth

    - `truth.csv`: which person a record is about and what is wrong or hard about it. All records of
      support stand there (message and assignment number, or for 323 the reference number), and
      of care the claims that are faulty, or whose BSN leads to no resident.
    - `persons.csv`: every person with BSN, household, twin and full birth date.
    - `waiting-list-pairs.csv`, `waiting-list-clusters.csv`: by row number, which resident a row of the
      waiting list is about, and which rows are about one person.
    - `neighbourhoods.csv`: residents, hot spots, and hospital use and cost in per cent of the usual.

    """
  }

  private var hotSpotLines: String {
    let codes = hotSpots.map { "`\($0.code)`" }.joined(separator: " and ")
    return """
      - Hot spots: in \(codes) hospital care is used \(Int(Geography.hotSpotFactor)) times as often as
        elsewhere at the same age.
      """
  }
}
