import ProxyCore
import Traffic

extension Playbook {
    /// A playbook whose server has greeted.
    static func greeted(_ options: ProxyOptions) -> Playbook {
        var play = Playbook(options)
        _ = play.server("* OK hi\r\n")
        _ = play.took(.server)
        return play
    }

    /// Feeds `text` in two pieces.
    mutating func feed(_ text: String, cut: Int, _ direction: Direction) {
        let octets = Array(text.utf8)
        _ = self.receive(Array(octets[..<min(cut, octets.count)]), from: direction)
        _ = self.receive(Array(octets[min(cut, octets.count)...]), from: direction)
    }
}
