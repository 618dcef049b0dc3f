<?php
require 'page.php';

['serverKey' => $serverKey, 'bodies' => $bodies] = json_decode(file_get_contents('bodies.json'), true);
foreach ($bodies as $body) echo isSigned($body, $serverKey) ? "true\n" : "false\n";
