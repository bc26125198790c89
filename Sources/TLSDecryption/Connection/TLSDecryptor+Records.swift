import Cryptography
import Traffic

extension TLSDecryptor {
    private var isTLS13: Bool { self.handshake.facts.version?.isTLS13 ?? false }

    /// Reads one whole record.
    func record(_ header: RecordHeader, _ body: RawSpan, _ stream: TLSStream, at time: Timestamp) {
        if stream.isUnreadable {
            self.observer.undecrypted(RecordHeader.byteCount + body.byteCount, from: stream.direction, at: time)
        } else if stream.epoch == .cleartext {
            self.cleartextRecord(header, body, stream, at: time)
        } else {
            self.protectedRecord(header, body, stream, at: time)
        }
    }

    private func cleartextRecord(_ header: RecordHeader, _ body: RawSpan, _ stream: TLSStream, at time: Timestamp) {
        switch header.contentType {
        case .handshake: self.handshakeOctets(body.withUnsafeBytes { Array($0) }, stream, at: time)
        case .alert: self.alert(body, stream, at: time)
        case .changeCipherSpec:
            // TLS 1.3 sends it for middleboxes only (RFC 8446 appendix D.4); a client with early data even before the
            // server has chosen a version.
            if self.handshake.facts.serverHello == nil, self.handshake.facts.clientHello != nil { return }
            if !self.isTLS13 { self.switchKeys(stream, at: time) }
        case .applicationData:
            let hello = self.handshake.facts.clientHello
            if stream.direction == .client, let hello, hello.offersEarlyData, self.handshake.facts.serverHello == nil {
                self.holdEarly(header, body, at: time)
            } else if stream.direction == .client, let hello,
                hello.offersEarlyData || self.handshake.facts.hasHelloRetryRequest
            {
                // The server asked for another hello, and throws early data away (RFC 8446 section 4.2.10).
                self.observer.undecrypted(RecordHeader.byteCount + body.byteCount, from: .client, at: time)
            } else {
                self.observer.undecrypted(RecordHeader.byteCount + body.byteCount, from: stream.direction, at: time)
                self.tell(.noHandshake, stream, at: time)
                self.abandon(stream, at: time)
            }
        case .heartbeat, nil: break
        }
    }

    private func protectedRecord(_ header: RecordHeader, _ body: RawSpan, _ stream: TLSStream, at time: Timestamp) {
        if self.isTLS13, header.contentType != .applicationData {
            // Not protected: for middleboxes, or from a peer that has no keys yet.
            if header.contentType == .alert, body.byteCount == 2 { self.alert(body, stream, at: time) }
            return
        }
        guard let protection = stream.protection else {
            self.tryNextEpoch(header, body, stream, at: time)
            return
        }
        let opened = protection.open(header, body, sequence: stream.sequence, into: self.keys.plaintext)
        switch opened {
        case .content(let type, let range, let padding):
            stream.sequence += 1
            stream.hasOpened = true
            stream.failures = 0
            if padding > 0 { stream.hasPadding = true }
            protection.pass(body)
            self.content(type, range, stream, at: time)
        case .failure(let failure):
            if self.isTLS13, self.opensInNextEpoch(header, body, stream, at: time) { return }
            protection.pass(body)
            self.failed(failure, header, stream, at: time)
        }
    }

    /// The keys of this epoch are not known, or the record is early data that the server has to pass over.
    private func tryNextEpoch(_ header: RecordHeader, _ body: RawSpan, _ stream: TLSStream, at time: Timestamp) {
        guard !self.opensInNextEpoch(header, body, stream, at: time) else { return }
        self.observer.undecrypted(RecordHeader.byteCount + body.byteCount, from: stream.direction, at: time)
    }

    /// Whether the record is the first one under the keys that follow: what announced them was missed or cannot be read.
    private func opensInNextEpoch(
        _ header: RecordHeader,
        _ body: RawSpan,
        _ stream: TLSStream,
        at time: Timestamp
    ) -> Bool {
        guard let next = self.nextEpoch(stream),
            case .content(let type, let range, _) = next.protection.open(
                header,
                body,
                sequence: 0,
                into: self.keys.plaintext
            )
        else { return false }
        self.enter(next, stream, at: time)
        stream.sequence = 1
        stream.hasOpened = true
        self.content(type, range, stream, at: time)
        return true
    }

    private func failed(_ failure: RecordFailure, _ header: RecordHeader, _ stream: TLSStream, at time: Timestamp) {
        self.observer.undecrypted(RecordHeader.byteCount + header.length, from: stream.direction, at: time)
        // Early data that the server refused stands before its key change, and says nothing.
        if stream.epoch == .early { return }
        stream.failures += 1
        if stream.hasOpened {
            self.tell(.badRecord(sequence: stream.sequence, failure), stream, at: time)
            let overhead = stream.protection?.fixedOverhead
            if stream.hasData, header.contentType == .applicationData {
                let total = RecordHeader.byteCount + header.length
                let gap = CleartextGap(
                    octets: UInt64(max(0, total - (overhead ?? RecordHeader.byteCount))),
                    recordOctets: UInt64(total),
                    isExact: overhead != nil && !stream.hasPadding
                )
                self.observer.gap(gap, from: stream.direction, at: time)
            }
        } else {
            self.tell(.wrongSecret(self.label(stream)), stream, at: time)
            if stream.failures >= Self.mostFailures { self.abandon(stream, at: time) }
        }
        stream.sequence += 1
    }

    /// Records that may fail one after the other before the keys are taken for wrong ones.
    private static let mostFailures = 3

    // MARK: - Content

    /// Takes what a record held: it stands in the plaintext buffer.
    func content(_ type: UInt8, _ range: Range<Int>, _ stream: TLSStream, at time: Timestamp) {
        let memory = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(self.keys.plaintext.memory)[range])
        switch ContentType(rawValue: type) {
        case .applicationData:
            guard !range.isEmpty else { return }
            if stream.epoch == .early, self.handshake.facts.earlyData != .accepted {
                self.early.append(Array(memory), at: time)
            } else {
                self.observer.cleartext(memory.bytes, from: stream.direction, at: time)
            }
        case .handshake: self.handshakeOctets(Array(memory), stream, at: time)
        case .alert: self.alert(memory.bytes, stream, at: time)
        case .changeCipherSpec:
            if !self.isTLS13 { self.switchKeys(stream, at: time) }
        case .heartbeat, nil: break
        }
    }

    private func alert(_ body: RawSpan, _ stream: TLSStream, at time: Timestamp) {
        guard body.byteCount >= 2 else { return }
        let code = body[1]
        // Since TLS 1.3 the level says nothing (RFC 8446 section 6): 0 and 90 alone are no errors.
        let isFatal = self.isTLS13 ? code != TLSAlert.closeNotify && code != 90 : body[0] == 2
        self.observer.alert(TLSAlert(code: code, isFatal: isFatal), from: stream.direction, at: time)
        if !self.handshake.facts.isComplete { self.announce(at: time) }
    }

    // MARK: - Early data

    private func holdEarly(_ header: RecordHeader, _ body: RawSpan, at time: Timestamp) {
        let record = EarlyData.Record(header: header, body: body.withUnsafeBytes { Array($0) }, time: time)
        if !self.early.append(record) {
            self.observer.undecrypted(RecordHeader.byteCount + body.byteCount, from: .client, at: time)
        }
    }

    /// The server has chosen: now the keys of early data are known, or that it goes to waste.
    func readEarlyRecords(isRejected: Bool) {
        for record in self.early.takeRecords() {
            if isRejected || self.client.isBlocked {
                let count = RecordHeader.byteCount + record.body.count
                self.observer.undecrypted(count, from: .client, at: record.time)
            } else {
                self.record(record.header, record.body.span.bytes, self.client, at: record.time)
            }
        }
    }

    /// The server has taken early data, or refused it; then the client sends it again.
    func releaseEarlyContent(isTaken: Bool) {
        for (octets, time) in self.early.takeContent() {
            if isTaken {
                self.observer.cleartext(octets.span.bytes, from: .client, at: time)
            } else {
                self.observer.undecrypted(octets.count, from: .client, at: time)
            }
        }
    }
}
