import Cryptography
import Traffic

extension TLSDecryptor {
    /// Octets of the stream are missing.
    func lose(_ octets: UInt64, _ stream: TLSStream, at time: Timestamp) {
        stream.isFirst = false
        stream.handshake.removeAll()
        self.handshake.isTranscriptBroken = true
        if let protection = stream.protection, !protection.isSelfContained, let suite = self.handshake.facts.cipherSuite
        {
            self.tell(.streamLost(suite), stream, at: time)
            let gap = CleartextGap(octets: octets, recordOctets: octets, isExact: false)
            self.observer.gap(gap, from: stream.direction, at: time)
            self.abandon(stream, at: time)
            return
        }
        var loss = stream.loss ?? StreamLoss()
        stream.records.withBytes { loss.pass($0) }
        _ = stream.records.removeAll()
        loss.gap(octets)
        stream.loss = loss
    }

    /// Looks for the next record that can be read, octet by octet: nothing but its tag says that it is one.
    func search(_ stream: TLSStream, isLast: Bool, at time: Timestamp) {
        while stream.loss != nil, !stream.isUnreadable {
            let (skipped, header) = stream.records.withBytes { self.candidate($0, stream, isLast: isLast) }
            if skipped > 0 {
                stream.records.withBytes { stream.loss?.pass($0.extracting(0..<skipped)) }
                stream.records.consume(skipped)
                self.observer.undecrypted(skipped, from: stream.direction, at: time)
            }
            if let loss = stream.loss, loss.octets > Self.longestSearch {
                self.tell(.notResynchronised(octets: loss.octets), stream, at: time)
                self.abandon(stream, at: time)
                return
            }
            guard let header else { return }
            let end = RecordHeader.byteCount + header.length
            let isFound = stream.records.withBytes { octets in
                self.found(header, octets.extracting(RecordHeader.byteCount..<end), stream, at: time)
            }
            let passed = isFound ? end : 1
            if !isFound {
                stream.records.withBytes { stream.loss?.pass($0.extracting(0..<1)) }
                self.observer.undecrypted(1, from: stream.direction, at: time)
            }
            stream.records.consume(passed)
        }
    }

    private static let longestSearch: UInt64 = 64 << 20
    /// Tries for one place: the numbers of records that may be missing before it.
    private static let mostTries: UInt64 = 1024

    /// The next place where a record may begin, and its header when the record is whole.
    private func candidate(_ octets: RawSpan, _ stream: TLSStream, isLast: Bool) -> (Int, RecordHeader?) {
        var offset = 0
        while octets.byteCount - offset >= RecordHeader.byteCount {
            let header = RecordHeader(octets, at: offset)
            if self.mayBegin(header, octets, offset, stream) {
                if octets.byteCount - offset >= RecordHeader.byteCount + header.length { return (offset, header) }
                if !isLast { return (offset, nil) }
            }
            offset += 1
        }
        return (offset, nil)
    }

    private func mayBegin(_ header: RecordHeader, _ octets: RawSpan, _ offset: Int, _ stream: TLSStream) -> Bool {
        guard header.isPlausible, let type = header.contentType, header.length > 0 else { return false }
        if let version = self.handshake.facts.version {
            // TLS 1.3 looks like TLS 1.2 (RFC 8446 section 5.1).
            guard header.version == (version.isTLS13 ? .tls12 : version) else { return false }
        }
        if stream.epoch != .cleartext {
            return header.length >= stream.protection?.leastLength ?? 1
        }
        let first = offset + RecordHeader.byteCount
        guard first < octets.byteCount else { return true }
        switch type {
        case .changeCipherSpec: return header.length == 1 && octets[first] == 1
        case .alert: return header.length == 2 && (1...2).contains(octets[first])
        case .handshake: return HandshakeType(rawValue: octets[first]) != nil
        case .applicationData: return self.handshake.facts.serverHello != nil
        case .heartbeat: return false
        }
    }

    /// Reads a record behind a gap, if it is one.
    @discardableResult
    func found(_ header: RecordHeader, _ body: RawSpan, _ stream: TLSStream, at time: Timestamp) -> Bool {
        guard let loss = stream.loss else { return false }
        if stream.epoch == .cleartext {
            stream.loss = nil
            if header.contentType == .applicationData {
                // The change of keys itself is missing.
                guard self.handshake.facts.version?.isTLS13 == false else {
                    self.tell(.noHandshake, stream, at: time)
                    self.abandon(stream, at: time)
                    return true
                }
                self.switchKeys(stream, at: time)
                guard !stream.isUnreadable, !stream.isBlocked else {
                    self.record(header, body, stream, at: time)
                    return true
                }
                stream.loss = StreamLoss(octets: loss.octets, leastRecords: 0, preceding: loss.preceding)
                return self.found(header, body, stream, at: time)
            }
            self.record(header, body, stream, at: time)
            return true
        }
        let isTLS13 = self.handshake.facts.version?.isTLS13 ?? false
        if isTLS13, header.contentType != .applicationData { return false }
        if let protection = stream.protection,
            let number = self.number(of: header, body, stream.sequence + loss.leastRecords, loss, protection)
        {
            self.tellGap(loss, records: number - stream.sequence, protection, stream, at: time)
            return self.resume(number, protection, header, body, stream, at: time)
        }
        guard isTLS13, let next = self.nextEpoch(stream),
            let number = self.number(of: header, body, 0, loss, next.protection)
        else { return false }
        let hadData = stream.hasData
        self.enter(next, stream, at: time)
        if hadData || number > 0 {
            let octets = loss.octets
            let overhead = (number + 1) * UInt64(next.protection.fixedOverhead ?? 0)
            let gap = CleartextGap(
                octets: octets > overhead ? octets - overhead : 0,
                recordOctets: octets,
                isExact: false
            )
            self.observer.gap(gap, from: stream.direction, at: time)
        }
        return self.resume(number, next.protection, header, body, stream, at: time)
    }

    private func resume(
        _ number: UInt64,
        _ protection: any RecordProtection,
        _ header: RecordHeader,
        _ body: RawSpan,
        _ stream: TLSStream,
        at time: Timestamp
    ) -> Bool {
        stream.loss = nil
        stream.sequence = number
        self.record(header, body, stream, at: time)
        return true
    }

    /// The number under which a record opens, counted from the least that it can have.
    private func number(
        of header: RecordHeader,
        _ body: RawSpan,
        _ least: UInt64,
        _ loss: StreamLoss,
        _ protection: any RecordProtection
    ) -> UInt64? {
        guard protection.resume(after: loss.preceding.span.bytes) else { return nil }
        let longest = UInt64(RecordHeader.byteCount + RecordHeader.longest)
        let shortest = UInt64(RecordHeader.byteCount + protection.leastLength)
        let first = least + loss.octets / longest
        let last = min(least + loss.octets / shortest + 1, first + Self.mostTries)
        for number in first...max(first, last) {
            if case .content = protection.open(header, body, sequence: number, into: self.keys.plaintext) {
                return number
            }
        }
        return nil
    }

    private func tellGap(
        _ loss: StreamLoss,
        records: UInt64,
        _ protection: any RecordProtection,
        _ stream: TLSStream,
        at time: Timestamp
    ) {
        guard stream.hasData, loss.octets > 0 else { return }
        let overhead = records * UInt64(protection.fixedOverhead ?? RecordHeader.byteCount + protection.leastLength)
        let gap = CleartextGap(
            octets: loss.octets > overhead ? loss.octets - overhead : 0,
            recordOctets: loss.octets,
            isExact: protection.fixedOverhead != nil && !stream.hasPadding
        )
        self.observer.gap(gap, from: stream.direction, at: time)
    }
}
