import PacketDecoding

/// What the beginning of a connection says that it is.
enum FlowVerdict: Sendable, Hashable {
    case undecided
    case imap(client: TCPSide)
    case tls(client: TCPSide?)
    case other
    /// A header of the PROXY protocol stands first, from this side and of so many octets.
    case proxyHeader(TCPSide, Int)
}

extension FlowReader {
    /// Looks at what there is of both streams. Octets of nobody's protocol decide only when the ports do not.
    ///
    /// - Parameter isLast: nothing more comes that could help.
    func verdict(isLast: Bool) -> FlowVerdict {
        let contents: [(TCPSide, StreamContent)] = TCPSide.allCases.map { ($0, self.start.content($0)) }
        for (side, content) in contents {
            switch content {
            case .proxyHeader(let length?): return .proxyHeader(side, length)
            case .greeting: return .imap(client: side.opposite)
            case .clientHello: return .tls(client: side)
            case .serverHello: return .tls(client: side.opposite)
            case .tlsRecord: return .tls(client: self.clientSide ?? self.likelyClient)
            default: continue
            }
        }
        // A response or a command alone also stands in other protocols; on IMAP's ports or together they are IMAP's.
        let pair = (contents[0].1, contents[1].1)
        switch pair {
        case (.command, .response): return .imap(client: .first)
        case (.response, .command): return .imap(client: .second)
        default: break
        }
        let hasOther = contents.contains { $0.1 == .other }
        if self.isExpected, !hasOther || self.lacksBeginning {
            if let side = contents.first(where: { $0.1 == .response })?.0 { return .imap(client: side.opposite) }
            if let side = contents.first(where: { $0.1 == .command })?.0 { return .imap(client: side) }
        } else if self.lacksBeginning {
            // The capture begins late: the rest of anything may stand first.
            if let side = contents.first(where: { $0.1 == .command })?.0, isLast { return .imap(client: side) }
            if let side = contents.first(where: { $0.1 == .response })?.0, isLast {
                return .imap(client: side.opposite)
            }
        }
        if self.isExpected, isLast, self.start.octets > 0, self.lacksBeginning {
            return .imap(client: self.clientSide ?? self.likelyClient)
        }
        if hasOther, !self.lacksBeginning || isLast { return .other }
        return isLast ? .other : .undecided
    }

    private var lacksBeginning: Bool { !self.hasBeginning || !self.start.lacksBeginning.isEmpty }
}
