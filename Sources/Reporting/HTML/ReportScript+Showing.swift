extension ReportScript {
    /// Rows, the detail of one, the list of sessions.
    static let showing: StaticString = #"""

        const height = 24;
        const hiding = /[\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u0000-\u0009\u000B-\u001F\u007F-\u009F]|[\u{E0000}-\u{E007F}]/gu;
        // What is not seen, or turns what is, becomes visible.
        const visible = text => String(text).replace(hiding, sign => "\\u{" + sign.codePointAt(0).toString(16).toUpperCase() + "}");

        function make(name, style, text) {
          const node = document.createElement(name);
          if (style) node.className = style;
          if (text !== undefined && text !== null) node.textContent = visible(text);
          return node;
        }

        const seconds = row => ((row.time - row.owner.start) / 1000).toFixed(3);
        const amount = octets => octets === 1 ? "1 octet" : octets < 100000 ? octets.toLocaleString("en") + " octets" : (octets / 1e6).toFixed(octets < 1e7 ? 2 : 1) + " MB";
        const duration = ms => ms < 10 ? ms.toFixed(1) + " ms" : ms < 1000 ? Math.round(ms) + " ms" : (ms / 1000).toFixed(ms < 1e4 ? 2 : 1) + " s";

        function firstLine(text) {
          const end = text.indexOf("\\x0D\\x0A");
          const line = (end < 0 ? text : text.slice(0, end) + " ↵").replaceAll("\\\\", "\\");
          return line.length > 400 ? line.slice(0, 400) + "…" : line;
        }

        function mark(rank) { return make("span", "mark " + severities[rank], severities[rank]); }

        function bar(ms) {
          const late = make("span", "late");
          if (ms === null || ms === undefined) return late;
          late.append(make("span", "", duration(ms)));
          const box = make("span", "bar"), length = make("span");
          // Tenfold times are equal steps: 1 ms is short, 10 s fills the bar.
          length.style.width = Math.max(1, Math.min(56, 14 * Math.log10(1 + ms))).toFixed(0) + "px";
          box.append(length);
          late.append(box);
          return late;
        }

        function draw_row(row, index) {
          const node = make("div", "row");
          node.style.top = index * height + "px";
          node.id = "row" + index;
          node.setAttribute("role", "treeitem");
          node.append(make("span", "time", seconds(row)));
          const fold = make("span", "fold");
          node.append(fold);
          if (current === null && sessions.size > 1) node.append(make("span", "who", "#" + row.owner.number));
          if (row.kind === "exchange") {
            fold.textContent = open.has(row) ? "▾" : "▸";
            node.setAttribute("aria-expanded", open.has(row));
            node.classList.add(row.status && row.status !== "OK" ? "failed" : "client");
            node.append(make("span", "what", row.tag + " " + row.name + (row.status ? " · " + row.status : row.status === null ? " · unfinished" : "")));
            node.append(make("span", "note", row.note || ""));
            if (row.worst >= 0) node.append(mark(row.worst));
            node.append(bar(row.latency));
          } else {
            if (row.parent && !flat.checked) { node.classList.add("child"); node.setAttribute("aria-level", 2); }
            if (row.kind === "message") {
              node.classList.add(row.event.direction);
              node.append(make("span", "what", (row.event.direction === "client" ? "C: " : "S: ") + firstLine(row.event.text || "")));
              node.append(make("span", "note", [...(row.effects || []).map(describe), row.event.note].filter(Boolean).join(" · ")));
            } else {
              node.append(make("span", "what", "-- " + describe(row.event)), make("span", "note"));
            }
            if (row.worst >= 0) node.append(mark(row.worst));
          }
          if (row === picked) { node.classList.add("picked"); node.setAttribute("aria-selected", "true"); rows.setAttribute("aria-activedescendant", node.id); }
          node.addEventListener("mousedown", () => pick(index));
          node.addEventListener("dblclick", () => unfold(row));
          fold.addEventListener("mousedown", () => unfold(row));
          return node;
        }

        let drawn = [-1, -1];
        function draw(anew) {
          const first = Math.max(0, Math.floor(rows.scrollTop / height) - 10);
          const last = Math.min(shown.length, Math.ceil((rows.scrollTop + rows.clientHeight) / height) + 10);
          if (!anew && drawn[0] === first && drawn[1] === last) return;
          drawn = [first, last];
          const nodes = [];
          for (let index = first; index < last; index += 1) nodes.push(draw_row(shown[index], index));
          space.replaceChildren(...nodes);
        }

        // Text of JSON: octets that are no text are \xNN and backslashes are doubled. CR LF become line ends, backslashes single ones.
        const lines = text => text.replace(/\\\\|(?:\\x0D)?\\x0A/g, found => found === "\\\\" ? "\\" : "\n");

        // Cuts the text into lines and the literals between them, where their octets can be counted.
        function pieces(event) {
          const result = [];
          let rest = event.text || "";
          const coder = new TextEncoder();
          for (const literal of event.literals || []) {
            const head = /~?\{(\d+)\+?\}(?:\\x0D)?\\x0A/.exec(rest);
            if (!head || literal.size === null || Number(head[1]) !== literal.size) break;
            const start = head.index + head[0].length;
            result.push({ line: rest.slice(0, start) });
            rest = rest.slice(start);
            if (literal.preview !== undefined) { result.push({ literal, text: literal.preview, cut: true }); continue; }
            let end = 0, octets = 0;
            while (end < rest.length && octets < literal.size) {
              if (rest[end] === "\\") { end += rest[end + 1] === "x" ? 4 : 2; octets += 1; continue; }
              if (rest[end] === "‹" && /^‹\d+ octets (masked|missing)›/.test(rest.slice(end, end + 40))) {
                const hidden = /^‹(\d+)[^›]*›/.exec(rest.slice(end, end + 40));
                end += hidden[0].length; octets += Number(hidden[1]); continue;
              }
              const sign = String.fromCodePoint(rest.codePointAt(end));
              end += sign.length; octets += coder.encode(sign).length;
            }
            result.push({ literal, text: rest.slice(0, end), cut: false });
            rest = rest.slice(end);
          }
          result.push({ line: rest });
          return result;
        }

        const longest = 60000;
        function block(text, style) {
          const all = lines(text);
          const node = make("pre", style, all.length > longest ? all.slice(0, longest) : all);
          if (all.length <= longest) return [node];
          const more = make("button", "", "show all " + all.length.toLocaleString("en") + " characters");
          more.addEventListener("click", () => { node.textContent = visible(all); more.remove(); });
          return [node, more];
        }

        function facts(pairs) {
          const list = make("dl");
          for (const [name, value] of pairs) if (value !== undefined && value !== null && value !== "") list.append(make("dt", "", name), make("dd", "", value));
          return list;
        }

        function findings(row) {
          return (row.findings || []).map(finding => {
            const node = make("div", "finding " + finding.severity);
            node.append(make("strong", "", finding.severity + " · " + finding.id), make("p", "", finding.text),
              make("small", "", [finding.reference, "blame: " + finding.blame].join(" · ")));
            return node;
          });
        }

        function message(row) {
          const event = row.event, nodes = [];
          if (event.note) nodes.push(make("p", "", event.note));
          for (const effect of row.effects || []) nodes.push(make("p", "", describe(effect)));
          nodes.push(...findings(row));
          for (const piece of pieces(event)) {
            if (piece.line !== undefined) { if (piece.line.trim()) nodes.push(...block(piece.line, event.direction)); continue; }
            const folded = make("details");
            folded.open = !piece.cut && piece.literal.size < 2000;
            folded.append(make("summary", "", piece.literal.kind + ", " + amount(piece.literal.size) + (piece.cut ? ", its beginning" : "")), ...block(piece.text, event.direction));
            nodes.push(folded);
          }
          nodes.push(facts([["from", event.direction], ["kind", event.kind], ["time", event.time], ["offset", event.offset], ["length", amount(event.length)],
            ["uid", event.uid], ["quirks", (event.quirks || []).join(", ")], ["complete", event.complete ? undefined : "no"], ["masked", event.masked ? "yes" : undefined]]));
          return nodes;
        }

        function show() {
          detail.replaceChildren();
          if (!picked) return;
          const owner = picked.owner;
          detail.append(make("h2", "", "#" + owner.number + " " + owner.client + " → " + owner.server));
          if (picked.kind === "exchange") {
            detail.append(facts([["command", picked.tag + " " + picked.name], ["means", picked.note], ["answer", picked.status === undefined ? "" : picked.status || "none"],
              ["latency", picked.latency === null || picked.latency === undefined ? undefined : duration(picked.latency)], ["first answer", picked.first === null || picked.first === undefined ? undefined : duration(picked.first)],
              ["sent", picked.sent === undefined ? undefined : amount(picked.sent)], ["received", picked.received === undefined ? undefined : amount(picked.received)],
              ["mailbox", picked.mailbox], ["messages", picked.children.length]]));
            const first = picked.children.slice(0, 20);
            for (const child of first) detail.append(...message(child));
            if (picked.children.length > first.length) detail.append(make("p", "", (picked.children.length - first.length) + " more; → unfolds them"));
          } else if (picked.kind === "message") detail.append(...message(picked));
          else {
            detail.append(make("p", "", describe(picked.event)), ...findings(picked));
            if (picked.event.before !== undefined) detail.append(...block(picked.event.before, "client"), ...block(picked.event.after, "server"));
            const names = Object.keys(picked.event).filter(name => !["event", "session", "seq", "before", "after", "text"].includes(name));
            detail.append(facts(names.map(name => [name.replaceAll("_", " "), Array.isArray(picked.event[name]) ? picked.event[name].join(", ") : picked.event[name]])));
          }
          detail.scrollTop = 0;
        }

        // A list of all would be as long as the data: the first ones, and the one that is chosen.
        const most = 2000;
        function list() {
          const all = make("button", "", sessions.size === 1 ? "all of 1 session" : "all " + sessions.size.toLocaleString("en") + " sessions");
          all.setAttribute("aria-current", current === null);
          all.addEventListener("click", () => choose(null));
          const nodes = [all];
          for (const owner of sessions.values()) {
            if (nodes.length > most && owner.number !== current) continue;
            const node = make("button", "", "#" + owner.number + " " + (owner.user || "no user"));
            node.setAttribute("aria-current", owner.number === current);
            const worst = owner.findings.findLastIndex(count => count > 0);
            if (worst >= 0) node.append(" ", make("span", "mark " + severities[worst], owner.findings[worst] + " " + severities[worst]));
            node.append(make("small", "", owner.client + " → " + owner.server), make("small", "", owner.legs + (owner.start ? " · " + new Date(owner.start).toISOString() : "")),
              make("small", "", owner.exchanges.size + " commands, " + owner.messages + " messages" + (owner.end ? ", " + duration(owner.end.duration_ms) : "")));
            node.addEventListener("click", () => choose(owner.number));
            nodes.push(node);
          }
          if (sessions.size > most) nodes.push(make("small", "", "and more: session:N in the filter shows one"));
          document.getElementById("sessions").replaceChildren(...nodes);
        }

        """#
}
