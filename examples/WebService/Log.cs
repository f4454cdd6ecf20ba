namespace WebService;

/// <summary>What the service tells its operators.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Version {Number} serves.")]
    public static partial void Serves(ILogger logger, int number);

    [LoggerMessage(LogLevel.Warning, "{Reason} An older version is tried.")]
    public static partial void IsBroken(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "Version {Number}: log-loss {Loss:0.0000} on held-out rows; version {Served}, which serves: {ServedLoss:0.0000}.")]
    public static partial void IsTrained(ILogger logger, int number, double loss, int served, double servedLoss);

    [LoggerMessage(LogLevel.Error, "{Reason}")]
    public static partial void IsNotKept(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Error, "Training failed; version {Number} serves on.")]
    public static partial void Failed(ILogger logger, Exception exception, int? number);
}
