using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Data.Sqlite;

namespace WebService;

/// <summary>Credits of which it became known how they went, in a SQLite file.</summary>
internal sealed class FeedbackStore
{
    // Seconds for which whoever else has the file is waited for.
    private const int Patience = 2;

    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly string _path;
    private readonly string _connection;

    /// <param name="path">The file, which is made where it is missing.</param>
    /// <exception cref="FeedbackException">It cannot be read or written.</exception>
    public FeedbackStore(string path)
    {
        _path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _connection = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = Patience }.ToString();
        Execute("CREATE TABLE IF NOT EXISTS feedback (id INTEGER PRIMARY KEY, received TEXT NOT NULL, credit TEXT NOT NULL)", command => command.ExecuteNonQuery());
    }

    /// <summary>Keeps a credit; where that fails, it is not kept.</summary>
    /// <returns>How many there are.</returns>
    /// <exception cref="FeedbackException">The file is locked, read-only, full or broken.</exception>
    public long Add(Credit credit) => Execute(
        "INSERT INTO feedback (received, credit) VALUES ($received, $credit); SELECT COUNT(*) FROM feedback",
        command =>
        {
            command.Parameters.AddWithValue("$received", DateTimeOffset.UtcNow.ToString("O"));
            command.Parameters.AddWithValue("$credit", JsonSerializer.Serialize(credit, Json));
            return (long)command.ExecuteScalar()!;
        });

    /// <exception cref="FeedbackException">The file is locked or broken.</exception>
    public long Count() => Execute("SELECT COUNT(*) FROM feedback", command => (long)command.ExecuteScalar()!);

    /// <summary>All credits, in the order in which they came.</summary>
    /// <exception cref="FeedbackException">The file is locked or broken.</exception>
    public List<Credit> Read() => Execute("SELECT credit FROM feedback ORDER BY id", command =>
    {
        using var reader = command.ExecuteReader();
        var credits = new List<Credit>();
        while (reader.Read())
            credits.Add(JsonSerializer.Deserialize<Credit>(reader.GetString(0), Json)!);
        return credits;
    });

    /// <summary>Why feedback cannot be read; null where it can.</summary>
    public string? Problem()
    {
        try
        {
            Count();
            return null;
        }
        catch (FeedbackException exception)
        {
            return exception.Message;
        }
    }

    private T Execute<T>(string sql, Func<SqliteCommand, T> run)
    {
        try
        {
            using var connection = new SqliteConnection(_connection);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return run(command);
        }
        catch (SqliteException exception)
        {
            throw new FeedbackException(_path, exception);
        }
    }
}
