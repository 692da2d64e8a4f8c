internal import Foundation

/// Whether a client has what a tag stands for: what it says with `If-None-Match`, compared weakly (RFC 9110,
/// section 13.1.2).
func isKnown(_ tag: String, by header: String?) -> Bool {
  (header ?? "").split(separator: ",").contains { word in
    let word = word.trimmingCharacters(in: .whitespaces)
    return word == "*" || word == tag || word == "W/" + tag
  }
}
