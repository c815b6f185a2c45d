/// Surnames by origin, the commonest first; the prefix stands before the name.
///
/// Which names are common is a fact; the selection and the order are ours.
enum SurnameList {
  static func names(_ origin: Origin) -> [String] {
    let text =
      switch origin {
      case .dutch: dutch
      case .turkish: turkish
      case .moroccan: moroccan
      case .polish: polish
      case .elsewhere: elsewhere
      }
    return text.split(whereSeparator: \.isNewline).flatMap { line in
      line.split(separator: ",").map { String($0.drop { $0 == " " }) }
    }
  }

  private static let dutch = """
    de Jong, Jansen, de Vries, van den Berg, Bakker, van Dijk, Visser, Janssen, Smit, Meijer
    de Boer, Mulder, de Groot, Bos, Vos, Peters, Hendriks, van Leeuwen, Dekker, Brouwer
    de Wit, Dijkstra, Smits, de Graaf, van der Meer, van der Linden, Kok, Jacobs, de Haan, Vermeulen
    van den Heuvel, van der Veen, van den Broek, de Bruijn, van der Heijden, Schouten, van Beek
    Willems, van Vliet, van de Ven, Hoekstra, Maas, Verhoeven, Koster, van Dam, van der Wal, Prins
    Blom, Huisman, Peeters, de Jonge, Kuipers, van Veen, Kuiper, Veenstra, Kramer, van den Brink
    Gerritsen, Postma, Wolters, Scholten, Bosch, Martens, van Loon, Sanders, Jonker, van Wijk
    Groen, van der Velde, Schipper, Evers, Bosman, Timmermans, de Lange, Hofman, Ruiter, Vink
    Boer, Wouters, Molenaar, Gerritsma, Verbeek, van der Laan, van Rijn, van Doorn, Simons, Schut
    Driessen, Hermans, van den Bosch, Aalbers, te Velde, ten Broeke, ter Horst, te Brake, Wesselink
    Hesselink, Wiggers, Roelofs, Lammers, Berendsen, Harmsen, Arends, Geurts, Rensink, Nijland
    Wassink, Beernink, Kolkman, Lansink, Meerdink, Oonk, Ruesink, Scheffer, Tiemessen, Vreeman
    Geerligs, Klein Gunnewiek, Groot Wassink, Lievestro, Luimes, Kruisselbrink, Heinen, Hoftijzer
    Bloemendaal, Westerveld, Nijenhuis, Oosterhof, Oldenburg, Middelkoop, Woudstra, Zijlstra
    Terpstra, Wiersma, Hiemstra, Boersma, Sikkema, Bouma, Elzinga, Miedema, Haveman, Rozema
    Oosting, Dijkman, Veldman, Veldhuis, Nieuwenhuis, Bruins, Kamphuis, Lubbers, Wolbers, Otten
    Sluiter, Slot, Brinkman, Beekman, Bergsma, Kempers, Kersten, Thijssen, Claassen, Derksen
    Polman, Steenbergen, Stegeman, Boerman, Wentink, Wissink, Wolterink, Leusink, Eijkelkamp
    van der Ploeg, van der Molen, van der Zee, van der Horst, van der Kolk, van der Pol
    van der Berg, van den Hul, van de Weerd, van de Pol, van 't Hof, van 't Land, in 't Veld
    op den Kamp, uit den Bogaard, van Essen, van Gelder, van Zutphen, van Eijk, van Es, van Dalen
    van der Sluis, van Houten, van Ommen, van Kampen, van Hal, van Rossum, den Hartog, den Boer
    den Ouden, de Ruiter, de Koning, de Kok, de Leeuw, de Waal, de Rooij, de Greef, de Kleine
    ter Haar, ter Braak, ten Have, ten Hagen, ten Dam, te Riele, te Winkel, Abbink, Bannink
    Bleumink, Bouwmeester, Breukelaar, Buunk, Eggink, Esselink, Gosselink, Grievink, Heusinkveld
    Hoitink, Ikink, Jolink, Kappert, Kraaijenbrink, Lenderink, Mengerink, Navis, Obbink, Onnink
    Papenborg, Penterman, Pieterse, Radstake, Reintjes, Rietman, Schuurman, Sessink, Smeenk
    Somsen, Stronks, Tolkamp, Tuinman, Venderbosch, Vruggink, Walvoort, Weenink, Wikkerink
    Wilterdink, Zweverink, Barneveld, Cornelissen, Cremers, Dankers, Franken, Goossens, Hagen
    Huls, Imming, Joosten, Kaandorp, Lucassen, Nuijten, Ooms, Pronk, Quist, Rutgers, Spaan
    Teunissen, Uijen, Vlaming, Weijers, IJsselstein, Zandbergen, Coöl, Daniëls, Ariëns, Béguin
    Michaëlis, Heÿink, Noë, Briënne, Mazée, van Geÿn
    """

  private static let turkish = """
    Yılmaz, Kaya, Demir, Çelik, Şahin, Yıldız, Öztürk, Aydın, Özdemir, Arslan, Doğan, Kılıç
    Aslan, Çetin, Kara, Koç, Kurt, Özkan, Şimşek, Polat, Ünal, Güneş, Bulut, Türk
    """

  private static let moroccan = """
    El Amrani, Bouzid, El Idrissi, Ben Haddou, Amrani, Bennani, El Khattabi, Aït Ali, Azzouzi
    El Yaakoubi, Chaïb, Mansouri, Tahiri, Ouali, Boukhari, Saïdi, El Haddaoui, Zeroual
    """

  private static let polish = """
    Nowak, Kowalski, Wiśniewski, Wójcik, Kamiński, Lewandowski, Zieliński, Szymański, Woźniak
    Dąbrowski, Kozłowski, Jabłoński, Król, Łukasik, Piątek, Górski, Malinowski, Żak
    """

  private static let elsewhere = """
    Müller, Schröder, Weiß, Köhler, Núñez, García, González, Muñoz, Fernandes, Gonçalves
    Araújo, Silva, Nguyen, Tran, Chen, Singh, Ramdin, Mohan, Baboeram, Pengel, Martina, Pietersz
    Sørensen, Åkesson, Öberg, Dvořák, Nováková, Kovačević, Đorđević, Popescu, Ionescu, Țurcanu
    Ahmed, Al Hakim, Haile, Tesfaye, Yusuf, Osman, O'Brien, D'Angelo, François, Lefèvre
    """
}
