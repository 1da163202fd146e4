namespace SpikeStats.Cli.Reporting;

/// <summary>The style sheet and the script of the page. Neither contains a character that XML would need escaped.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet: for the screen, and for paper.</summary>
    public const string Css =
        """
        :root{--ink:#222;--soft:#5d646b;--line:#d9dde1;--blue:#0072b2;--good:#00694d;--bad:#a84300}
        *{box-sizing:border-box}
        body{margin:0 auto;padding:24px 20px 60px;max-width:1010px;font:15px/1.5 system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;color:var(--ink);background:#fff}
        h1{font-size:27px;line-height:1.2;margin:0 0 2px;overflow-wrap:anywhere}
        h2{font-size:19px;margin:38px 0 10px;padding-top:10px;border-top:2px solid var(--ink)}
        p{margin:8px 0;max-width:80ch}
        a{color:var(--blue)}
        .source,.note,figcaption{color:var(--soft);font-size:13px}
        .source{overflow-wrap:anywhere;max-width:none}
        .tiles{display:flex;flex-wrap:wrap;gap:10px;margin:18px 0}
        .tile{flex:1 1 120px;border:1px solid var(--line);border-radius:6px;padding:8px 12px}
        .tile b{display:block;font-size:22px;font-weight:600;line-height:1.25;white-space:nowrap}
        .tile span{color:var(--soft);font-size:13px}
        ul.notes{list-style:none;margin:10px 0;padding:0;font-size:13.5px}
        ul.notes li{border-left:3px solid var(--line);padding:1px 10px;margin:4px 0}
        ul.notes li.warning{border-color:#e69f00;background:#fff8e6}
        figure{margin:6px 0 14px}
        .scroll{overflow:auto;max-height:75vh;border:1px solid var(--line);border-radius:6px}
        table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
        th,td{padding:3px 5px;text-align:right;white-space:nowrap}
        th{position:sticky;top:0;background:#f3f5f7;font-weight:600;line-height:1.25;vertical-align:bottom;border-bottom:1px solid #9aa1a8}
        #units-table th{cursor:pointer}
        #units-table th[aria-sort=ascending]::after{content:' ▲';font-size:9px}
        #units-table th[aria-sort=descending]::after{content:' ▼';font-size:9px}
        .text{text-align:left}
        tbody tr:nth-child(even){background:#fafbfc}
        tbody tr:hover{background:#eef5fa}
        .chip{display:inline-block;border-radius:10px;padding:0 9px;font-size:12.5px;line-height:19px;white-space:nowrap;border:1px solid}
        .good{color:var(--good);border-color:#8fd0bc;background:#edf8f4}
        .bad{color:var(--bad);border-color:#efb48c;background:#fdf2ea}
        .none{color:var(--soft);border-color:var(--line);background:#f6f7f8}
        details.unit{border:1px solid var(--line);border-radius:6px;margin:7px 0}
        details.unit[open]{margin:14px 0}
        summary{cursor:pointer;padding:6px 12px;display:flex;gap:12px;align-items:baseline;flex-wrap:wrap}
        summary::before{content:'▸';color:var(--soft)}
        details[open] summary::before{content:'▾'}
        summary::-webkit-details-marker{display:none}
        details[open] summary{border-bottom:1px solid var(--line);background:#f6f8fa}
        .name{font-weight:600;min-width:6em}
        .facts{color:var(--soft);font-size:13.5px;flex:1}
        .body{padding:6px 14px 4px}
        dl{display:grid;grid-template-columns:5.5em 1fr;gap:2px 12px;margin:6px 0 10px;font-size:13.5px}
        dt{color:var(--soft)}
        dd{margin:0;max-width:95ch}
        button{font:inherit;font-size:13px;padding:2px 10px;border:1px solid var(--line);border-radius:5px;background:#f6f7f8;cursor:pointer}
        .two{display:flex;flex-wrap:wrap;gap:20px;align-items:flex-start}
        @media print{
        @page{margin:14mm}
        body{padding:0;max-width:none;font-size:10.5pt}
        .scroll{max-height:none;overflow:visible;border:0}
        th{position:static}
        button,.screen{display:none}
        h2,summary{break-after:avoid}
        figure,tr,.tile{break-inside:avoid}
        details.unit:not([open]){display:none}
        }
        """;

    /// <summary>The script: sorts the table of units, opens what a link leads to, opens and closes all. The page can be read without it.</summary>
    public const string Script =
        """
        (function () {
          'use strict';
          var table = document.getElementById('units-table');
          if (table) Array.prototype.forEach.call(table.tHead.rows[0].cells, function (header, column) {
            header.addEventListener('click', function () {
              var falling = header.getAttribute('aria-sort') === 'ascending';
              Array.prototype.forEach.call(table.tHead.rows[0].cells, function (other) { other.removeAttribute('aria-sort'); });
              header.setAttribute('aria-sort', falling ? 'descending' : 'ascending');
              var rows = Array.prototype.slice.call(table.tBodies[0].rows);
              var keys = new Map(rows.map(function (row) {
                var cell = row.cells[column], value = cell.getAttribute('data-v');
                return [row, value === null ? (header.className === 'text' ? cell.textContent : null) : parseFloat(value)];
              }));
              rows.sort(function (a, b) {
                var x = keys.get(a), y = keys.get(b);
                if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
                var order = typeof x === 'string' ? x.localeCompare(y, 'en', { numeric: true }) : x - y;
                return falling ? -order : order;
              });
              rows.forEach(function (row) { table.tBodies[0].appendChild(row); });
            });
          });
          function open() {
            var target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
            if (target) { if (target.tagName.toLowerCase() === 'details') target.open = true; target.scrollIntoView(); }
          }
          window.addEventListener('hashchange', open);
          open();
          Array.prototype.forEach.call(document.querySelectorAll('button[data-open]'), function (button) {
            button.addEventListener('click', function () {
              Array.prototype.forEach.call(document.querySelectorAll('details.unit'), function (unit) { unit.open = button.getAttribute('data-open') === 'true'; });
            });
          });
        })();
        """;
}
