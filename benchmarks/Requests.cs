using AppRunner.Model;

namespace AppRunner.Benchmarks;

internal static class Requests
{
    public static CreateServiceRequest Create(string name) => new()
    {
        ServiceName = name,
        SourceConfiguration = new SourceConfiguration
        {
            ImageRepository = new ImageRepository
            {
                ImageIdentifier = "public.ecr.aws/aws-containers/hello-app-runner:latest",
                ImageRepositoryType = ImageRepositoryType.EcrPublic,
                ImageConfiguration = new ImageConfiguration { Port = "8000" },
            },
        },
    };
}
