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

        builder.Services.ConfigureHttpJsonOptions(options => ServiceJson.Strict(options.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services
            .AddSingleton(services => new ModelStore(Path.Combine(folder, "models"), services.GetRequiredService<ILogger<ModelStore>>()))
            .AddSingleton(new FeedbackStore(Path.Combine(folder, "feedback.db")))
            .AddSingleton(new CreditModel(shortRuns))
            .AddSingleton<ServiceMetrics>()
            .AddSingleton<Retraining>()
            .AddHostedService(services => services.GetRequiredService<Retraining>());

        var app = builder.Build();
        app.Use(TellProblemsAsync);
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
        app.MapGet("/health", Health);
        app.MapGet("/metrics", (ServiceMetrics metrics) => Results.Text(metrics.ToString()));
        return app;
    }

    // A request that is no credit, and a file that cannot be written: whoever asked is told why.
    private static async Task TellProblemsAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException exception)
        {
            context.RequestServices.GetRequiredService<ServiceMetrics>().Refused();
            await Results.Problem(exception.InnerException?.Message ?? exception.Message, statusCode: exception.StatusCode).ExecuteAsync(context);
        }
        catch (FeedbackException exception)
        {
            Log.IsNotKept(context.RequestServices.GetRequiredService<ILogger<FeedbackStore>>(), exception.Message);
            await Results.Problem(exception.Message, statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context);
        }
    }

    private static IResult Health(ModelStore models, FeedbackStore feedback)
    {
        var problems = new[] { models.Problem, feedback.Problem() }.OfType<string>();
        var status = models.Current is null ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        return Results.Json(new { models.Current?.Number, Problems = problems }, statusCode: status);
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

        retraining.Notice(feedback.Add(credit));
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
