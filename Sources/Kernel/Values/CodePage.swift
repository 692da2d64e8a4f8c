/// The encodings of one byte a character that spreadsheets in France have written, by what they put above
/// ASCII. What text is in is not said anywhere: see `TextEncoding`.
enum CodePage: String, CaseIterable {
  case windows1252 = "Windows-1252"
  case macRoman = "Mac OS Roman"
  case cp850 = "CP850"

  /// The characters of the bytes from 128 to 255.
  var upperHalf: [Unicode.Scalar] {
    switch self {
    case .windows1252: Self.windows1252Scalars
    case .macRoman: Self.macRomanScalars
    case .cp850: Self.cp850Scalars
    }
  }

  private static let windows1252Scalars = Array(
    """
    €\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ\u{A0}¡¢£¤¥\
    ¦§¨©ª«¬\u{AD}®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãä\
    åæçèéêëìíîïðñòóôõö÷øùúûüýþÿ
    """.unicodeScalars)
  private static let macRomanScalars = Array(
    """
    ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√\
    ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚\
    ¸˝˛ˇ
    """.unicodeScalars)
  private static let cp850Scalars = Array(
    """
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├\
    ─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}
    """.unicodeScalars)
}
