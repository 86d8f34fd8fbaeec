import {
  to = aws_apprunner_service.hello-terra
  id = "arn:aws:apprunner:us-east-1:000000000000:service/hello-terra/e5ecf101c3fe46b5c1a38fc79ca19075"
}

resource "aws_apprunner_service" "hello-terra" {
  service_name = "hello-terra"

  source_configuration {
    auto_deployments_enabled = false

    image_repository {
      image_identifier      = "public.ecr.aws/aws-containers/hello-app-runner:latest"
      image_repository_type = "ECR_PUBLIC"

      image_configuration {
        port = "8080"
      }
    }
  }

  instance_configuration {
    cpu    = "1024"
    memory = "2048"
  }

  health_check_configuration {
    protocol            = "TCP"
    path                = "/"
    interval            = 5
    timeout             = 2
    healthy_threshold   = 1
    unhealthy_threshold = 5
  }

  network_configuration {
    ip_address_type = "IPV4"

    egress_configuration {
      egress_type = "DEFAULT"
    }

    ingress_configuration {
      is_publicly_accessible = true
    }
  }

  observability_configuration {
    observability_enabled = false
  }
}
