package main

import (
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	raw, _ := os.ReadFile("bodies.json")
	var given struct {
		ServerKey string
		Bodies    []map[string]interface{}
	}
	_ = json.Unmarshal(raw, &given)
	for _, body := range given.Bodies {
		fmt.Println(isSigned(body, given.ServerKey))
	}
}
