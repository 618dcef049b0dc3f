import json
from page import is_signed

given = json.load(open('bodies.json'))
for body in given['bodies']:
    print(str(is_signed(body, given['serverKey'])).lower())
