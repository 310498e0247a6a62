"""Who makes which move of pledges and publications: the rest of the table of test_moves.py."""

MOVES = """
pledge      promised  accept    accepted       302 404 403 404 403 yes yes 404 403 403 403 403 404 404 404 404 404 404
pledge      promised  send_back returned       302 404 403 404 403 yes yes 404 403 403 403 403 404 404 404 404 404 404
pledge      returned  hand_in   promised       302 404 yes 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
pledge      accepted  publish   published      302 404 403 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
pledge      published keep      kept           302 404 403 403 403 yes yes 404 403 403 403 403 404 404 404 404 404 403
pledge      published fail      unkept         302 404 403 403 403 yes yes 404 403 403 403 403 404 404 404 404 404 403
pledge_shown published keep      kept           302 404 403 403 403 403 403 404 yes yes yes 403 404 404 404 404 404 403
pledge_shown published fail      unkept         302 404 403 403 403 403 403 404 yes yes yes 403 404 404 404 404 404 403
pledge_shown published keep_by_meeting kept           302 404 403 403 403 403 yes 404 403 yes yes 403 404 404 404 404 404 403
pledge_shown published fail_by_meeting unkept         302 404 403 403 403 403 yes 404 403 yes yes 403 404 404 404 404 404 403
pledge      promised  take_back void           302 404 yes 404 403 403 403 404 403 403 403 403 404 404 404 404 404 404
pledge      returned  take_back void           302 404 yes 404 403 403 403 404 403 403 403 403 404 404 404 404 404 404
pledge      promised  void      void           302 404 403 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
pledge      returned  void      void           302 404 403 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
pledge      accepted  void      void           302 404 403 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
pledge      published void      void           302 404 403 403 403 403 yes 404 403 yes yes 403 404 404 404 404 404 403
publication draft     propose   proposed   302 404 404 404 yes 403 yes 404 403 yes yes 403 404 404 404 404 404 404
publication returned  propose   proposed   302 404 404 404 yes 403 yes 404 403 yes yes 403 404 404 404 404 404 404
publication proposed  take_back draft      302 404 404 404 yes 403 yes 404 403 yes yes 403 404 404 404 404 404 404
publication proposed  review    reviewed   302 404 404 404 403 yes yes 404 yes yes yes 403 404 404 404 404 404 404
publication proposed  send_back returned   302 404 404 404 403 yes yes 404 yes yes yes 403 404 404 404 404 404 404
publication reviewed  send_back returned   302 404 404 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
publication reviewed  approve   approved   302 404 404 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
publication approved  publish   public     302 404 404 404 yes 403 yes 404 403 yes yes 403 404 404 404 404 404 404
publication public    take_down taken_down 302 404 403 403 403 403 yes 404 403 yes yes 403 404 404 404 404 404 403
publication draft     void      void       302 404 404 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
publication returned  void      void       302 404 404 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
publication proposed  void      void       302 404 404 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
publication reviewed  void      void       302 404 404 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
publication approved  void      void       302 404 404 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
"""
