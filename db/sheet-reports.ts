/**
 * A part of the statement that records a sheet's events: an approved sheet's rows become reports of the tasks. Each
 * task's workflow is sent its row as a command, through the outbox and in the transaction of the approval, so that a
 * report is in the task's own history and nowhere missing. The command's id is made from the submission: delivered
 * twice, it is one report. A task that is no longer running refuses it, and rightly.
 *
 * `$1` is the sheet, `$9` the events being recorded; `moved` yields a row only if they may be. The signal's name is that
 * of `workflows/messages.ts`.
 */
export const ORDER_REPORTS = `reported AS (
      INSERT INTO outbox (op, entity_id, payload)
      SELECT 'signal', r.task, jsonb_build_object('signal', 'revise', 'args', jsonb_build_array(jsonb_build_object(
        'id', encode(sha256(convert_to(concat_ws(':', 'sheet-report', $1::text, s.seq, r.task), 'UTF8')), 'hex'),
        'name', 'reportProgress',
        'payload', jsonb_build_object(
          'department', m.department, 'status', r.status, 'text', r.text, 'indicators', r.indicators),
        'actor', jsonb_build_object('id', s.by, 'posts', jsonb_build_array(
          jsonb_build_object('department', m.department, 'role', 'coordinator'))))))
      FROM moved
      CROSS JOIN jsonb_populate_recordset(NULL::ledger, $9::jsonb) l
      JOIN sheet_months m ON m.sheet_id = $1 AND m.month = l.data->>'month'
      CROSS JOIN LATERAL (
        SELECT seq, by, data FROM ledger
        WHERE entity_id = $1 AND type = 'SheetSubmitted' AND data->>'month' = m.month ORDER BY seq DESC LIMIT 1) s
      CROSS JOIN LATERAL jsonb_to_recordset(s.data->'rows') AS r(task text, status text, text text, indicators jsonb)
      JOIN entities e ON e.id = r.task
      WHERE l.type = 'SheetApproved')`;
