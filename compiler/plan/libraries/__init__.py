"""What a spec asks of Faker and of the holidays library, compared with what they have."""
