import CaptureDecoding

/// How the sessions of a run of captures ended.
struct SessionsEnd: Sendable {
    var packets: PacketsEnd
    var totals: StreamTotals
}

/// Reads the sessions of streams that another thread puts together, for a third one that masks and writes what they say.
struct SessionReading: Sendable {
    let options: CaptureOptions

    func run(_ streams: BatchQueue<StreamBatch, PacketsEnd>, into said: BatchQueue<SessionBatch, SessionsEnd>) {
        let recorder = SessionRecorder { said.put(&$0) }
        let reader = SessionReader(options: self.options) { _ in recorder.observer() }
        while true {
            switch streams.take(idle: { recorder.flush() }) {
            case .batch(let batch):
                reader.read(batch)
                streams.giveBack(batch)
                guard !said.isAbandoned else {
                    streams.abandon()
                    return
                }
            case .end(let packets):
                reader.finish()
                recorder.flush()
                said.end(SessionsEnd(packets: packets, totals: reader.totals))
                return
            }
        }
    }
}
