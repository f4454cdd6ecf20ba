using System.Text.Json.Serialization;

namespace WebService;

/// <summary>The application: what it answers, at which addresses.</summary>
internal static class Service
{
    private const long MostBytes = 16 * 1024;

    /// <param name="folder">Of models and feedback.</param>
    /// <param name="url">Where it listens; only the machine itself can reach a loopback address.</param>
    /// <param name="shortRuns">Whether trainings are short.</param>
    public static WebApplication Build(string folder, string url, bool shortRuns)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("WebService", LogLevel.Information);
        builder.WebHost.UseUrls(url).ConfigureKestrel(options => options.Limits.MaxRequestBodySize = MostBytes);

        // A missing number is "NaN" in JSON.
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals);
        builder.Services
            .AddSingleton(services => new ModelStore(Path.Combine(folder, "models"), services.GetRequiredService<ILogger<ModelStore>>()))
            .AddSingleton(new FeedbackStore(Path.Combine(folder, "feedback.db")))
            .AddSingleton(new CreditModel(shortRuns))
            .AddSingleton<ServiceMetrics>()
            .AddSingleton<Retraining>()
            .AddHostedService(services => services.GetRequiredService<Retraining>());

        var app = builder.Build();
        app.UseDefaultFiles();
        app.UseStaticFiles();
        app.MapPost("/assess", Assess);
        app.MapPost("/feedback", Learn);
        app.MapPost("/retrain", (Retraining retraining) =>
        {
            retraining.Ask();
            return Results.Accepted();
        });
        app.MapGet("/versions", (ModelStore models) => new { Current = models.Current?.Number, Versions = models.Numbers() });
        app.MapPost("/versions/{number:int}/activate", Activate);
        app.MapGet("/health", (ModelStore models) => models.Current is { } version ? Results.Ok(new { version.Number }) : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
        app.MapGet("/metrics", (ServiceMetrics metrics) => Results.Text(metrics.ToString()));
        return app;
    }

    private static IResult Assess(Credit credit, ModelStore models, ServiceMetrics metrics)
    {
        if (CreditCheck.ErrorsOf(credit, isFeedback: false) is { Count: > 0 } errors)
        {
            metrics.Refused();
            return Results.ValidationProblem(errors);
        }

        if (models.Current is not { } version)
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        metrics.Answered();
        return Results.Ok(version.Assess(credit));
    }

    private static IResult Learn(Credit credit, FeedbackStore feedback, Retraining retraining, ServiceMetrics metrics)
    {
        if (CreditCheck.ErrorsOf(credit, isFeedback: true) is { Count: > 0 } errors)
        {
            metrics.Refused();
            return Results.ValidationProblem(errors);
        }

        feedback.Add(credit);
        retraining.Notice(feedback.Count());
        return Results.Accepted();
    }

    private static IResult Activate(int number, ModelStore models)
    {
        try
        {
            return Results.Ok(new { models.Activate(number).Number });
        }
        catch (FileNotFoundException)
        {
            return Results.NotFound(new { Error = $"There is no version {number}." });
        }
        catch (InvalidDataException exception)
        {
            return Results.Conflict(new { Error = exception.Message });
        }
    }
}
