# A stack that needs no provider and no account: servers, and what is deployed on them.
terraform {
  required_version = ">= 1.4"
  backend "local" {}
}

variable "account" {
  type = string
}

variable "environment" {
  type = string
}

variable "servers" {
  type = number
}

variable "release" {
  type = string
}

resource "terraform_data" "server" {
  count = var.servers
  input = {
    name    = "${var.account}-${var.environment}-${count.index}"
    release = var.release
  }
}
