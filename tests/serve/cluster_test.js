import { Etcd } from "./etcd.js";
import { testSharedLog } from "./shared_log.js";

testSharedLog(Etcd);
