/// The rules and tables of standardisation NL-1, as one text.
///
/// Its digest names the version, so that tokens of different rules never meet. Code points are
/// hexadecimal. Names are in lower case and without marks here, `ij` is `y`.
///
/// Sources: decompositions of the Unicode Character Database 14.0; letters without decomposition by
/// their look; prefixes as Dutch registers use them (`voorvoegsel`).
enum NL1Table {
  static let text = #"""
    NL-1

    # How Koppel makes two ways to write one value the same, before a token is made of it.
    # A change of this text changes its digest, which enters every derivation: all tokens are new.
    # So whoever changes a rule in the code changes its words here.
    #
    # 1. bsn: nine digits, zeros in front; 999999999 is missing; 000000000 and what fails the
    #    eleven-test is bsn-check.
    # 2. date: YYYY-MM-DD. Partial date: the same; missing when day or month is unknown.
    # 3. postcode: no spaces, upper case, [1-9][0-9]{3}[A-Z]{2}.
    # 4. text and code: the bytes without spaces around them. Integer: decimal digits.
    # 5. name: each code point becomes what a `fold` line below says; one that stands in none is
    #    name-script. Then i and j side by side become y.
    # 6. Words lie between spaces, parts between dashes. Quotes around a word go, except
    #    in words that are elided or prefixes; of several in a row one stays.
    # 7. first names and other names: parts and words keep their order.
    # 8. surname: a word that begins with one of `elided`, or ends in 't or 's after a prefix, is cut
    #    in two. A prefix that follows the last comma goes; other commas are spaces.
    # 9. surname, each part: the longest leading prefix goes, and again; the last word stays. A part
    #    that is one word of `joined` goes when others are left. Parts are sorted by bytes.
    # 10. More than 128 bytes are name-length; none are missing.
    # 11. surname_part_1, surname_part_2: the first and the second of the sorted parts of 9; missing
    #    where there are fewer. first_names_1: what stands before the first space of 7.
    # 12. prefix: the words of all parts, split as in 8, in the form that a `prefix` or `prefixes`
    #    line gives all of them together, else as they are. Prefix of a surname: so of the words that
    #    follow the last comma and go by 8; where none do, of the parts of `joined` that go by 9 in
    #    front of the first other part, and of the prefixes that go from the front of that one.
    # 13. house number: folded as in 5; the digits in front without zeros before them, at most five,
    #    0 where they are all zeros. Its suffix: the letters and digits behind those, in capitals, at
    #    most 16. A suffix by itself: the same of the whole. Empty is missing; the rest is number.

    # Latin letters without marks; Latin-1, Extended-A, -B, Additional, and some of IPA.
    fold a: 0041 0061 00AA 00C0-00C5 00E0-00E5 0100-0105 01CD-01CE 01DE-01E1 01FA-01FB 0200-0203
    fold a: 0226-0227 023A 0251 1E00-1E01 1E9A 1EA0-1EB7 212B 2C65 2C6D
    fold b: 0042 0062 0180-0185 0243 0253 1E02-1E07
    fold c: 0043 0063 00C7 00E7 0106-010D 0187-0188 023B-023C 1E08-1E09
    fold d: 0044 0064 00D0 00F0 010E-0111 0189-018D 0221 0256-0257 1E0A-1E13 1E9F
    fold e: 0045 0065 00C8-00CB 00E8-00EB 0112-011B 018E-0190 01DD 0204-0207 0228-0229 0246-0247
    fold e: 0259 025B 1E14-1E1D 1EB8-1EC7
    fold f: 0046 0066 0191-0192 1E1E-1E1F
    fold g: 0047 0067 011C-0123 0193-0194 01E4-01E7 01F4-01F5 0260 0263 1E20-1E21
    fold h: 0048 0068 0124-0127 021E-021F 0266 1E22-1E2B 1E96
    fold i: 0049 0069 00CC-00CF 00EC-00EF 0128-0131 0196-0197 01CF-01D0 0208-020B 0268-0269
    fold i: 1E2C-1E2F 1EC8-1ECB
    fold j: 004A 006A 0134-0135 01F0 0237 0248-0249
    fold k: 004B 006B 0136-0138 0198-0199 01E8-01E9 1E30-1E35 212A
    fold l: 004C 006C 0139-0142 019A 0234 023D 026B 1E36-1E3D 2C62
    fold m: 004D 006D 019C 026F 0271 1E3E-1E43 2C6E
    fold n: 004E 006E 00D1 00F1 0143-014B 019D-019E 01F8-01F9 0220 0235 0272 1E44-1E4B
    fold o: 004F 006F 00BA 00D2-00D6 00D8 00F2-00F6 00F8 014C-0151 0186 019F-01A1 01D1-01D2
    fold o: 01EA-01ED 01FE-01FF 020C-020F 022A-0231 0254 0275 1E4C-1E53 1ECC-1EE3
    fold p: 0050 0070 01A4-01A5 1E54-1E57
    fold q: 0051 0071 024A-024B
    fold r: 0052 0072 0154-0159 0210-0213 024C-024D 027D-027E 1E58-1E5F 2C64
    fold s: 0053 0073 015A-0161 017F 01A7-01A9 0218-0219 023F 0283 1E60-1E69 1E9B-1E9D 2C7E
    fold t: 0054 0074 0162-0167 01AB-01AE 021A-021B 0236 023E 0288 1E6A-1E71 1E97 2C66
    fold u: 0055 0075 00D9-00DC 00F9-00FC 0168-0173 01AF-01B1 01D3-01DC 0214-0217 0244 0289-028A
    fold u: 1E72-1E7B 1EE4-1EF1
    fold v: 0056 0076 01B2 0245 028B-028C 1E7C-1E7F 1EFC-1EFD
    fold w: 0057 0077 0174-0175 01BF 01F7 1E80-1E89 1E98
    fold x: 0058 0078 1E8A-1E8D
    fold y: 0059 0079 00DD 00FD 00FF 0132-0133 0176-0178 01B3-01B4 0232-0233 024E-024F 1E8E-1E8F
    fold y: 1E99 1EF2-1EF9 1EFE-1EFF
    fold z: 005A 007A 0179-017E 01B5-01B9 01EE-01EF 0224-0225 0240 0292 1E90-1E95 2C7F
    fold ae: 00C6 00E6 01E2-01E3 01FC-01FD
    fold dz: 01C4-01C6 01F1-01F3
    fold ff: FB00
    fold ffi: FB03
    fold ffl: FB04
    fold fi: FB01
    fold fl: FB02
    fold lj: 01C7-01C9
    fold ll: 1EFA-1EFB
    fold nj: 01CA-01CC
    fold oe: 0152-0153
    fold ss: 00DF 1E9E
    fold st: FB05-FB06
    fold th: 00DE 00FE
    fold 0: 0030
    fold 1: 0031
    fold 2: 0032
    fold 3: 0033
    fold 4: 0034
    fold 5: 0035
    fold 6: 0036
    fold 7: 0037
    fold 8: 0038
    fold 9: 0039

    # Combining marks, soft hyphens, joiners and direction marks say nothing.
    fold nothing: 00AD 0300-036F 1AB0-1ACE 1DC0-1DFF 200B-200F 202A-202E 2060-2064 2066-2069
    fold nothing: 20D0-20F0 FE00-FE0F FE20-FE2F FEFF

    fold ': 0027 0060 00B4 02B9-02BD 02C8 02CA 02CB 0374 1FEF 1FFD 2018 2019 201B 2032 2035 FF07
    fold -: 002D 02D7 2010-2015 2043 2212 FE58 FE63 FF0D
    fold ,: 002C
    fold space: 0009-000D 0020-0026 0028-002B 002E 002F 003A-0040 005B-005F 007B-007E 0085
    fold space: 00A0-00A9 00AB 00AC 00AE-00B1 00B6-00B8 00BB 00BF 00D7 00F7 02C6 02C7 02D8-02DD
    fold space: 037E 0385 0387 1FC1 1FED 1FEE 2000-200A 2016 2017 201A 201C-2029 202F-2031 2033
    fold space: 2034
    fold space: 2036-2042 2044-205F 2260 226E 226F 3000

    # Prefixes that are written in several ways; the first word is what they become.
    prefix vd: vd | v d | van de | van den | van der | v de | v den | v der | vde | vden | vder | vdr
    prefix van: van | v
    prefix van het: van het | v h | vh | v het
    prefix van 't: van 't | van t | v 't | v t | vt
    prefix aan de: aan de | aan den | aan der | a d
    prefix aan 't: aan 't | aan t
    prefix in 't: in 't | in t | i 't | i t
    prefix in de: in de | in den | in der | i d
    prefix op de: op de | op den | op der | o d
    prefix op 't: op 't | op t | o 't
    prefix by 't: by 't | by t
    prefix over 't: over 't | over t
    prefix onder 't: onder 't | onder t
    prefix uit 't: uit 't | uit t | uyt 't | uyt t
    prefix voor 't: voor 't | voor t | voor in 't | voor in t
    prefix 't: 't | t
    prefix 's: 's | s

    # Prefixes with one form: those of the Dutch registers, and of names that came from elsewhere.
    prefixes: a | aan | aan het | af | auf | auf dem | auf den | auf der | auf ter | aus | aus dem
    prefixes: aus den | aus der | bin | by | by de | by den | by het | boven d' | d' | da | dal
    prefixes: dal' | dalla | das | de | de die | de die le | de l' | de la | de las | de le
    prefixes: de los | de van der | deca | degli | dei | del | dell' | della | den | der | des
    prefixes: di | die | die le | do | don | dos | du | el | al | gli | het | i | im | in | in het
    prefixes: l' | la | las | le | les | lo | los | of | onder | onder de | onder den | onder het
    prefixes: op | op gen | op het | op ten | over | over de | over den | over het | s' | te | ten
    prefixes: ter | tho | thoe | thor | to | toe | tot | uit | uit de | uit den | uit het
    prefixes: uit te de | uit ten | uyt | uyt de | uyt den | uyt te de | uyt ten | unter
    prefixes: van de l' | van gen | van la | van ter | van van de | ver | vom | von | von dem
    prefixes: von den | von der | von 't | voor | vor | vor der | zu | zum | zur | ben | abu | bou
    prefixes: ait | ould | st | d | l | z

    # Prefixes that lose their last letter before a vowel and are written together with the name.
    elided: d' | l' | dal' | dall' | dell' | all' | s'

    # Prefixes that some write with a dash (El-Amrani, 's-Gravesande); none is a name by itself.
    joined: 's | 't | el | al | bin | ait | abu

    """#
}
